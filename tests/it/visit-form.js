// Fills in the offline page of a visit and prints the file that it makes, or what it asks for:
// node visit-form.js PAGE ANSWERS, where ANSWERS is JSON: values by the ids of fields, true for what is
// chosen, "drawn" for points of a stroke, "photo" for the sizes of pictures, "kept" for what an earlier
// visit of the page left in the browser. The page's own script runs on just as much of a document as it
// touches.
"use strict";
const [page, given] = process.argv.slice(2);
const answers = JSON.parse(given);
const html = require("fs").readFileSync(page, "utf8");
const plain = (escaped) =>
  escaped.replace(/&quot;/g, '"').replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&#39;/g, "'").replace(/&amp;/g, "&");
const script = html.match(/<script>([\s\S]*?)<\/script>/)[1];
const ignored = () => {};
const pen = new Proxy({}, { get: () => ignored, set: () => true });

function element(tag, attributes = {}) {
  const handlers = {};
  const dataset = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("data-")) dataset[name.slice(5)] = value;
  }
  return {
    tag, attributes, dataset, handlers,
    id: attributes.id, type: attributes.type || "", value: attributes.value || "",
    checked: false, hidden: "hidden" in attributes, readOnly: "readonly" in attributes,
    width: 600, height: 200, textContent: "",
    addEventListener: (kind, handler) => { (handlers[kind] ||= []).push(handler); },
    fire: (kind, event = {}) => (handlers[kind] || []).forEach((handler) => handler({ preventDefault: ignored, ...event })),
    focus: ignored, append: ignored, replaceChildren: ignored, reset: ignored, click: ignored, setPointerCapture: ignored,
    getContext: () => pen,
    getBoundingClientRect: () => ({ left: 10, top: 20, width: 300, height: 100 }),
    // a picture is as long as its sides say
    toDataURL: function (type) {
      const bytes = type === "image/png" ? Buffer.from(answers.png || "", "base64") : Buffer.alloc(this.width * this.height / 3, 1);
      return "data:" + type + ";base64," + bytes.toString("base64");
    },
  };
}

const body = html.slice(html.indexOf("<body>"), html.indexOf("<script>"));
const elements = [...body.matchAll(/<(input|textarea|div|canvas|button|form|ul|p)\b([^>]*)>/g)].map(([, tag, said]) => {
  const attributes = {};
  for (const [, name, , value] of said.matchAll(/([\w-]+)(="([^"]*)")?/g)) attributes[name] = plain(value || "");
  return element(tag, attributes);
});
const byId = (id) => elements.find((one) => one.id === id);
const form = byId("form");
const fits = (one, selector) => {
  const [, name, , value] = selector.match(/^\[([\w-]+)(="([^"]*)")?\]$/) || [];
  return name ? name in one.attributes && (value === undefined || one.attributes[name] === value) : one.tag === selector;
};
form.querySelectorAll = (selectors) => elements.filter((one) => selectors.split(", ").some((selector) => fits(one, selector)));

let file = "";
let name = "";
const images = [];
const store = answers.kept ? { "docket visit ": answers.kept } : null;
global.document = {
  getElementById: byId,
  createElement: (tag) => {
    const made = element(tag);
    made.click = () => { name = made.download; };
    return made;
  },
};
global.Blob = class { constructor(parts) { this.text = parts.join(""); } };
global.URL = { createObjectURL: (what) => { if (what.text) file = what.text; return ""; }, revokeObjectURL: ignored };
global.Image = class { constructor() { images.push(this); } };
global.confirm = () => true;
global.setTimeout = ignored;
if (store) {
  global.localStorage = {
    getItem: () => store["docket visit "],
    setItem: (_, value) => { store["docket visit "] = value; },
    removeItem: () => { store["docket visit "] = null; },
  };
}
eval(script);

for (const [id, value] of Object.entries(answers)) {
  if (["drawn", "photo", "png", "kept"].includes(id)) continue;
  const field = byId(id);
  if (field.readOnly) continue;
  if (field.type === "radio" && value) form.querySelectorAll('[name="' + field.attributes.name + '"]').forEach((one) => { one.checked = false; });
  if (typeof value === "boolean") field.checked = value; else field.value = value;
  form.fire("input");
}
const [first, ...rest] = answers.drawn || [];
if (first) {
  byId("drawn").fire("pointerdown", { pointerId: 1, clientX: first[0], clientY: first[1] });
  rest.forEach(([x, y]) => byId("drawn").fire("pointermove", { clientX: x, clientY: y }));
  byId("drawn").fire("pointerup");
}
for (const [naturalWidth, naturalHeight] of answers.photo || []) {
  byId("photo").fire("change", { target: Object.assign(byId("photo"), { files: [{}] }) });
  const image = images[images.length - 1];
  if (naturalWidth) { Object.assign(image, { naturalWidth, naturalHeight }); image.onload(); } else image.onerror();
}
form.fire("submit");
process.stdout.write(JSON.stringify({
  fault: byId("fault").textContent,
  photo: byId("photo-fault").textContent,
  hidden: elements.filter((one) => one.hidden && one.id).map((one) => one.id),
  file, name,
  kept: store && store["docket visit "],
}));
