// Makes pages smoother; everything works without it.
(() => {
  "use strict";
  const { opened, csrf } = document.body.dataset;

  // Tell that a person (not a mail scanner) has the page before them.
  if (opened) {
    fetch(opened, { method: "POST", body: new URLSearchParams({ csrf }), keepalive: true }).catch(() => {});
  }

  // A page kept by the back button may show an old answer: ask for it anew.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  const toErrors = () => document.querySelector("[data-focus]")?.focus();
  toErrors();

  // One press, one submit. Pages that work without signal leave this browser with whoever signs out.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.action.endsWith("/sign-out")) window.caches?.delete("kindred-offline-1");
    if (form.matches("[data-rows]") && isRowButton(event.submitter)) {
      event.preventDefault();
      changeRows(form, event.submitter);
      return;
    }
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
    setTimeout(() => { delete form.dataset.sent; event.submitter?.removeAttribute("aria-disabled"); }, 8000);
  });

  const isRowButton = (button) => /^(add-|remove-|stay$)/.test(button?.value ?? "");

  // Add and remove rows without leaving the page: the server answers with the whole form, as it does without script.
  async function changeRows(form, button) {
    const fields = new URLSearchParams(new FormData(form, button));
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("form[data-rows]");
      form.replaceWith(fresh);
      prepare(fresh);
      document.getElementById(fresh.dataset.goto)?.focus();
    } catch {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: button.value }));
      form.submit();
    }
  }

  // Questions that depend on another answer are shown where it asks for them; without script all of them are.
  function follow(form) {
    const boxes = [...form.querySelectorAll("[data-if]")];
    const met = ({ dataset }) => {
      const wanted = dataset.equals.split("|");
      return [...form.elements].some((field) => {
        const chosen = !["radio", "checkbox"].includes(field.type) || field.checked;
        if (!chosen || field.type === "hidden") return false;
        if (field.name === dataset.if) return wanted.includes(field.value);
        return wanted.some((value) => field.name === `${dataset.if}.${value}`);
      });
    };
    const look = () => { for (const box of boxes) box.hidden = !met(box); };
    for (const hint of form.querySelectorAll(".condition")) hint.hidden = true;
    form.addEventListener("change", look);
    look();
  }

  // Warn where a word inside a sentence looks like a name: it may be a child's. A hint, often wrong; nothing is kept back.
  function watch(form) {
    const ordinary = new Set(form.dataset.ordinary.split(" "));
    const looksLikeName = /(?<=[^\s.!?:;\u2022(\u201c\u2018"'-],? )\p{Lu}\p{Ll}+(?:['\u2019-]\p{L}+)*/gu;
    for (const area of form.querySelectorAll("textarea")) {
      const hint = Object.assign(document.createElement("p"), { className: "name-hint" });
      hint.setAttribute("aria-live", "polite");
      area.after(hint);
      const look = () => {
        const found = [...new Set(area.value.match(looksLikeName) ?? [])].filter((word) => !ordinary.has(word)).slice(0, 5);
        hint.textContent = !found.length ? "" : `${found.map((word) => `“${word}”`).join(", ")} ${found.length === 1
          ? "looks like a name" : "look like names"}. If it is a child’s, please write “a Year 5 pupil” instead.`;
      };
      area.addEventListener("change", look);
      look();
    }
  }

  // Say how much room is left, once it becomes little.
  function prepare(root) {
    for (const form of root.matches?.("form") ? [root] : root.querySelectorAll("form")) follow(form);
    for (const area of root.querySelectorAll("textarea[data-longest]")) {
      const longest = Number(area.dataset.longest);
      const counter = Object.assign(document.createElement("p"), { className: "counter" });
      counter.setAttribute("aria-live", "polite");
      area.after(counter);
      const count = () => {
        const left = longest - area.value.length;
        counter.textContent = left > longest / 5 ? "" : left >= 0
          ? `${left.toLocaleString("en-GB")} characters left` : `${(-left).toLocaleString("en-GB")} characters too many`;
        counter.classList.toggle("over", left < 0);
      };
      area.addEventListener("input", count);
      count();
    }
    for (const form of root.matches?.("form[data-ordinary]") ? [root] : root.querySelectorAll("form[data-ordinary]")) watch(form);
  }
  prepare(document);

  // The report's frame grows to its content; without script it scrolls.
  const frame = document.querySelector("iframe.report");
  const fit = () => {
    const inside = frame.contentDocument?.documentElement;
    if (inside) frame.style.height = `${Math.min(inside.scrollHeight + 8, 30000)}px`;
  };
  frame?.addEventListener("load", fit);
  if (frame?.contentDocument?.readyState === "complete") fit();
})();
