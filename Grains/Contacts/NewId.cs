namespace CustomerService.Contacts;

/// <summary>Makes the id of a contact or a conversation; a service, so that a simulation can repeat it.</summary>
/// <param name="at">When it is made, UTC: ids grow with time.</param>
internal delegate Guid NewId(DateTimeOffset at);
