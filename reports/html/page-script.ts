/** What the page does: cells of the grid open their reason in a row below, arrow keys move between them, filters hide rows. */
export const PAGE_SCRIPT = `
"use strict";
for (const grid of document.querySelectorAll("table[role=grid]")) {
  const rows = () => [...grid.querySelectorAll("tr.node")].filter((row) => !row.hidden);
  const buttons = (row) => [...row.querySelectorAll("button")];
  const close = (button) => {
    const open = button.getAttribute("aria-controls");
    if (open !== null) document.getElementById(open).remove();
    button.removeAttribute("aria-controls");
    button.setAttribute("aria-expanded", "false");
  };
  const element = (name, text) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const open = (button) => {
    const row = button.closest("tr");
    for (const other of buttons(row)) close(other);
    const { title, steps, result } = JSON.parse(button.dataset.reason);
    const reason = element("tr");
    reason.className = "reason";
    reason.id = row.id + "-reason";
    const cell = element("td");
    cell.colSpan = row.children.length;
    const list = element("ol");
    for (const step of steps) list.append(element("li", step));
    const live = element("div");
    live.setAttribute("role", "status");
    live.append(element("strong", title), list, element("p", result));
    cell.append(live);
    reason.append(cell);
    row.after(reason);
    button.setAttribute("aria-controls", reason.id);
    button.setAttribute("aria-expanded", "true");
  };
  const focus = (button) => {
    for (const other of grid.querySelectorAll("button[tabindex='0']")) other.tabIndex = -1;
    button.tabIndex = 0;
    button.focus();
  };
  grid.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button === null) return;
    focus(button);
    if (button.getAttribute("aria-expanded") === "true") close(button);
    else open(button);
  });
  grid.addEventListener("keydown", (event) => {
    const button = event.target.closest("button");
    if (button === null) return;
    const all = rows();
    const row = button.closest("tr");
    const [down, across] = [all.indexOf(row), buttons(row).indexOf(button)];
    const last = all.length - 1;
    const to = {
      ArrowDown: [down + 1, across], ArrowUp: [down - 1, across], ArrowRight: [down, across + 1], ArrowLeft: [down, across - 1],
      Home: [event.ctrlKey ? 0 : down, 0], End: [event.ctrlKey ? last : down, buttons(row).length - 1],
      PageDown: [Math.min(down + 10, last), across], PageUp: [Math.max(down - 10, 0), across],
    }[event.key];
    if (event.key === "Escape") close(button);
    if (to === undefined) return;
    event.preventDefault();
    const target = all[to[0]] && buttons(all[to[0]])[to[1]];
    if (target) focus(target);
  });
}
for (const form of document.querySelectorAll("form.filter")) {
  const grid = document.getElementById(form.dataset.grid);
  const apply = () => {
    const name = form.elements.name.value.toLowerCase();
    const lacking = form.elements.lacking.checked;
    let shown = 0;
    for (const row of grid.querySelectorAll("tr.node")) {
      row.hidden = !row.dataset.node.toLowerCase().includes(name) || (lacking && row.dataset.complete === "true");
      if (!row.hidden) shown += 1;
      const reason = row.nextElementSibling;
      if (reason !== null && reason.className === "reason") reason.hidden = row.hidden;
    }
    const visible = grid.querySelectorAll("tr.node:not([hidden]) button");
    for (const button of grid.querySelectorAll("button[tabindex='0']")) button.tabIndex = -1;
    if (visible.length > 0) visible[0].tabIndex = 0;
    form.querySelector("output").textContent = shown + (shown === 1 ? " node" : " nodes");
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
}
`;
