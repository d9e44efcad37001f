// Lists as the server draws them -> elements. Text is only ever text; tags, attributes and addresses that are not
// expected are left out, whatever the server says.

const TAGS = new Set(
  ("a article blockquote br button caption code details div em h3 hr input label li mark ol optgroup option p pre q s section " +
    "select small span strong summary table tbody td textarea th thead time tr u ul").split(" "),
);
const NAMES =
  /^(class|checked|datetime|disabled|for|hidden|href|id|label|max|maxlength|min|minlength|multiple|name|open|placeholder|rel|role|rows|scope|selected|step|tabindex|target|title|type|value|data-[a-z-]+|aria-[a-z-]+)$/;
const ADDRESS = /^(https?:|mailto:|tel:)/i;

export function build(node) {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, ...children] = node;
  const made = document.createElement(TAGS.has(tag) ? tag : "span");
  for (const [name, value] of Object.entries(attributes)) {
    if (NAMES.test(name) && (name !== "href" || ADDRESS.test(value))) made.setAttribute(name, value);
  }
  made.append(...children.map(build));
  return made;
}

// An element of the page's own: el("button", {type: "button", onclick: …}, "Close").
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export const byId = (id) => document.getElementById(id);

// Arrow keys, Home and End among the members of a list.
export function arrows(event, members, now) {
  const at = members.indexOf(now);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: members.length - 1 }[event.key];
  if (to === undefined || !members[to]) return;
  event.preventDefault();
  members[to].focus();
}
