// Before the first paint: the agent's own choice of colours, density and context column.
const kept = localStorage;
const root = document.documentElement;
for (const name of ["theme", "density", "context"]) {
  const value = kept.getItem(`desk.${name}`);
  if (value) root.dataset[name] = value;
}
