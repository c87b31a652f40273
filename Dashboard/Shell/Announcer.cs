namespace CustomerService.Shell;

/// <summary>Says something to screen readers, politely.</summary>
internal sealed class Announcer
{
    public string Text { get; private set; } = "";

    public event EventHandler? Changed;

    public void Say(string text)
    {
        Text = text;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
