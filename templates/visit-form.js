"use strict";
(function () {
  const byId = (id) => document.getElementById(id);
  const form = byId("form");
  const visit = form.dataset;
  const all = (selector) => Array.from(form.querySelectorAll(selector));
  const text = (id) => byId(id).value.trim();
  const chosen = (name) => {
    const found = all('[name="' + name + '"]').find((choice) => choice.checked);
    return found ? found.value : "";
  };
  const isLate = () => !byId("arrived").readOnly && text("arrived") > visit.until;
  const broken = () => all("[data-prohibition]").filter((box) => box.checked);
  const saying = (box) => byId(box.id + "-text");
  let strokes = [];
  let photos = [];

  // What depends on another answer is shown with it.
  const unfold = () => {
    for (const part of all("[data-when]")) {
      const [name, value] = part.dataset.when.split("=");
      part.hidden = chosen(name) !== value;
    }
    byId("late").hidden = !isLate();
    for (const box of all("[data-prohibition]")) saying(box).hidden = !box.checked;
  };

  // The first answer that is missing, or does not go with the others; each field says what of it.
  const missing = () => {
    const signed = chosen("signed");
    const opinion = chosen("opinion");
    const answers = [
      ["departed", text("departed")],
      ["arrived", text("arrived") >= text("departed") && text("arrived")],
      ["late-reason", !isLate() || text("late-reason")],
      ["told-at", !isLate() || !text("told") || text("told-at")],
      ["work", text("work")],
      ["result", text("result")],
      ["left", text("left") >= text("arrived") && text("left")],
      ["conduct-kept", chosen("conduct")],
      ["conduct-broken", chosen("conduct") !== "broken" || broken().length],
      ["devices-none", chosen("devices")],
      ["allowed-by", chosen("devices") !== "allowed" || text("allowed-by")],
      ["signed-yes", signed],
      ["signer", signed !== "yes" || text("signer")],
      ["opinion-5", signed !== "yes" || opinion],
      ["comment", signed !== "yes" || Number(opinion) > 2 || text("comment")],
      ["drawn", signed !== "yes" || strokes.length],
      ["refused", signed !== "no" || text("refused")],
    ];
    const unsaid = broken().find((box) => chosen("conduct") === "broken" && !saying(box).value.trim());
    const found = answers.find((answer) => !answer[1]);
    return found ? found[0] : unsaid ? unsaid.id + "-text" : "";
  };

  const content = () => {
    const some = (id) => text(id) || undefined;
    const late = isLate();
    return {
      docket_visit: 1,
      desk: visit.desk,
      record: visit.record,
      visit: visit.visit,
      departed_at: text("departed"),
      arrived_at: text("arrived"),
      late_reason: late ? some("late-reason") : undefined,
      told: late ? some("told") : undefined,
      told_at: late && text("told") ? some("told-at") : undefined,
      left_at: text("left"),
      work: text("work"),
      result: text("result"),
      parts: some("parts"),
      left_open: some("left_open"),
      conduct: chosen("conduct") === "kept" ? [] : broken().map((box) => (
        { prohibition: box.dataset.prohibition, text: saying(box).value.trim() }
      )),
      devices: chosen("devices") === "none" ? "not_used" : { allowed_by: text("allowed-by") },
      signature: chosen("signed") === "no" ? { refused: { reason: text("refused") } } : {
        signed: {
          by: text("signer"),
          opinion: Number(chosen("opinion")),
          comment: some("comment"),
          drawn: picture(),
        },
      },
      photos: photos,
    };
  };

  // SHA-256 of the bytes of a text; a page from the disk is not given the browser's own everywhere.
  const sha256 = (told) => {
    const bytes = new TextEncoder().encode(told);
    const turn = (word, by) => (word >>> by) | (word << (32 - by));
    const primes = [];
    for (let n = 2; primes.length < 64; n += 1) {
      if (primes.every((prime) => n % prime)) primes.push(n);
    }
    const part = (root) => Math.floor((root - Math.floor(root)) * 4294967296) | 0;
    const keys = primes.map((prime) => part(Math.cbrt(prime)));
    const hash = primes.slice(0, 8).map((prime) => part(Math.sqrt(prime)));
    const padded = new DataView(new ArrayBuffer(((bytes.length + 8 >> 6) + 1) * 64));
    bytes.forEach((byte, place) => padded.setUint8(place, byte));
    padded.setUint8(bytes.length, 128);
    padded.setUint32(padded.byteLength - 8, Math.floor(bytes.length / 536870912));
    padded.setUint32(padded.byteLength - 4, bytes.length << 3);
    const words = new Int32Array(64);
    for (let from = 0; from < padded.byteLength; from += 64) {
      for (let n = 0; n < 64; n += 1) {
        if (n < 16) { words[n] = padded.getInt32(from + 4 * n); continue; }
        const [a, b] = [words[n - 15], words[n - 2]];
        const low = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
        const high = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
        words[n] = (words[n - 16] + low + words[n - 7] + high) | 0;
      }
      let [a, b, c, d, e, f, g, h] = hash;
      for (let n = 0; n < 64; n += 1) {
        const choice = (e & f) ^ (~e & g);
        const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + keys[n] + words[n]) | 0;
        const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((word, place) => { hash[place] = (hash[place] + word) | 0; });
    }
    return hash.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  };

  // The signature: lines between points of a sheet of 600 by 200.
  const canvas = byId("drawn");
  const pen = canvas.getContext("2d");
  const draw = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#111";
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    for (const stroke of strokes) {
      pen.beginPath();
      pen.moveTo(stroke[0][0], stroke[0][1]);
      for (const [x, y] of stroke.length > 1 ? stroke.slice(1) : stroke) pen.lineTo(x, y);
      pen.stroke();
    }
  };
  const picture = () => { draw(); return canvas.toDataURL("image/png"); };
  let stroke = null;
  const point = (event) => {
    const sheet = canvas.getBoundingClientRect();
    const on = (place, from, length, most) => Math.round((place - from) / length * most);
    return [
      on(event.clientX, sheet.left, sheet.width, canvas.width),
      on(event.clientY, sheet.top, sheet.height, canvas.height),
    ];
  };
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    stroke = [point(event)];
    strokes.push(stroke);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    stroke.push(point(event));
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => { if (stroke) { stroke = null; keep(); } });
  }
  byId("clear").addEventListener("click", () => { strokes = []; draw(); keep(); });

  // Photos are drawn anew, smaller and without what a telephone notes in them.
  const smaller = (image) => {
    const sheet = document.createElement("canvas");
    const longest = Math.max(image.naturalWidth, image.naturalHeight);
    for (let side = 1600; side >= 200; side *= 0.7) {
      const scale = Math.min(1, side / longest);
      sheet.width = Math.max(1, Math.round(image.naturalWidth * scale));
      sheet.height = Math.max(1, Math.round(image.naturalHeight * scale));
      const brush = sheet.getContext("2d");
      brush.fillStyle = "#fff";
      brush.fillRect(0, 0, sheet.width, sheet.height);
      brush.drawImage(image, 0, 0, sheet.width, sheet.height);
      const url = sheet.toDataURL("image/jpeg", 0.8);
      // four signs for three bytes
      if (url.length * 3 / 4 <= Number(visit.bytes)) return url;
    }
    return "";
  };
  const show = () => {
    const list = byId("thumbs");
    list.replaceChildren(...photos.map((url, place) => {
      const item = document.createElement("li");
      const image = document.createElement("img");
      const remove = document.createElement("button");
      image.src = url;
      image.alt = String(place + 1);
      remove.type = "button";
      remove.textContent = list.dataset.remove;
      remove.addEventListener("click", () => { photos.splice(place, 1); show(); keep(); });
      item.append(image, remove);
      return item;
    }));
    byId("photo").disabled = photos.length >= Number(visit.photos);
  };
  const say = (fault) => { byId("photo-fault").textContent = fault; };
  byId("photo").addEventListener("change", (event) => {
    const input = event.target;
    say("");
    for (const file of Array.from(input.files)) {
      const image = new Image();
      image.onload = () => {
        const url = smaller(image);
        URL.revokeObjectURL(image.src);
        if (photos.length >= Number(visit.photos)) { say(input.dataset.many); return; }
        if (!url) { say(input.dataset.fault); return; }
        photos.push(url);
        show();
        keep();
      };
      image.onerror = () => say(input.dataset.fault);
      image.src = URL.createObjectURL(file);
    }
    input.value = "";
  });

  // What was typed is there again after the page was closed, where the browser lets a page keep it.
  const place = "docket visit " + visit.visit;
  const fields = () => all("input, textarea").filter((field) => field.type !== "file" && !field.readOnly);
  const keep = () => {
    const values = {};
    for (const field of fields()) {
      values[field.id] = field.type === "radio" || field.type === "checkbox" ? field.checked : field.value;
    }
    for (const kept of [{ values, strokes, photos }, { values, strokes, photos: [] }]) {
      try { localStorage.setItem(place, JSON.stringify(kept)); return; } catch { continue; }
    }
  };
  const restore = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(place));
      for (const field of fields()) {
        const value = kept.values[field.id];
        if (typeof value === "boolean") field.checked = value;
        else if (typeof value === "string") field.value = value;
      }
      strokes = kept.strokes;
      photos = kept.photos;
    } catch { return; }
  };
  byId("forget").addEventListener("click", () => {
    if (!confirm(byId("forget").dataset.ask)) return;
    try { localStorage.removeItem(place); } catch { /* nothing was kept */ }
    form.reset();
    [strokes, photos] = [[], []];
    byId("done").hidden = true;
    draw(); show(); unfold();
  });

  // The clocks of the desk, wherever the telephone is.
  const now = () => {
    const parts = {};
    const wanted = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const clock = new Intl.DateTimeFormat("en-GB", { ...wanted, timeZone: visit.zone });
    for (const part of clock.formatToParts(new Date())) parts[part.type] = part.value;
    return parts.year + "-" + parts.month + "-" + parts.day + "T" + parts.hour + ":" + parts.minute;
  };
  for (const button of all("[data-now]")) {
    button.addEventListener("click", () => { byId(button.dataset.now).value = now(); unfold(); keep(); });
  }

  form.addEventListener("input", () => { unfold(); keep(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const lacking = missing();
    const field = lacking && byId(lacking);
    byId("fault").textContent = field ? field.dataset.fault : "";
    byId("done").hidden = true;
    if (field) { field.focus(); return; }
    const told = JSON.stringify(content()).slice(0, -1);
    const file = told + ',"sha256":"' + sha256(told) + '"}\n';
    byId("copy").value = file;
    byId("done").hidden = false;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file], { type: "application/json" }));
    link.download = visit.form + ".json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });

  restore();
  draw(); show(); unfold();
})();
