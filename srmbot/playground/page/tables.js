// A data table in a message: sorted by a column, and turned page by page. The app hears of neither, as in Slack.

export function sortBy(button) {
  const heading = button.closest("th");
  const table = heading.closest("table");
  const up = heading.ariaSort !== "ascending";
  const column = Number(button.dataset.column);
  for (const each of table.tHead.rows[0].cells) each.ariaSort = "none";
  heading.ariaSort = up ? "ascending" : "descending";
  const rows = [...table.tBodies[0].rows].sort((one, other) => compare(one.cells[column], other.cells[column]) * (up ? 1 : -1));
  table.tBodies[0].append(...rows);
  show(button.closest(".b-data"), 0);
}

export function turn(button) {
  const box = button.closest(".b-data");
  show(box, Number(box.dataset.page ?? 0) + Number(button.dataset.step));
}

function compare(one, other) {
  if ("value" in one.dataset && "value" in other.dataset) return one.dataset.value - other.dataset.value;
  return one.textContent.localeCompare(other.textContent);
}

function show(box, wanted) {
  const rows = [...box.querySelectorAll("tbody tr")];
  const size = Number(box.dataset.size);
  const page = Math.min(Math.max(wanted, 0), Math.ceil(rows.length / size) - 1);
  box.dataset.page = page;
  rows.forEach((row, at) => (row.hidden = at < page * size || at >= (page + 1) * size));
  const said = box.querySelector(".pages span");
  if (said) said.textContent = `${page * size + 1}–${Math.min(rows.length, (page + 1) * size)} of ${rows.length}`;
}
