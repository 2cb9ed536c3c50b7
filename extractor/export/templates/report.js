"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const marked = (key) => all(`[data-k~="${CSS.escape(key)}"]`);
  const vietnamese = new Intl.Collator("vi", { numeric: true });

  // A field, its place in the text, its box on the page: one click shows all of them.
  function bring(pane, element) {
    if (!pane) return;
    const box = element.getBoundingClientRect(), frame = pane.getBoundingClientRect();
    pane.scrollTop += box.top - frame.top - pane.clientHeight / 3;
  }
  function go(key, from) {
    all(".on").forEach((e) => e.classList.remove("on"));
    const found = marked(key);
    found.forEach((e) => e.classList.add("on"));
    const text = found.find((e) => e.matches(".m")), box = found.find((e) => e.matches("rect"));
    const row = found.find((e) => e.matches("tr"));
    if (text && from !== "text") bring(text.closest(".scroll"), text);
    if (box && from !== "page") bring(box.closest(".scroll"), box);
    if (row && from !== "table") row.scrollIntoView({ block: "center" });
    const aside = document.getElementById("van-ban");
    if (from === "table" && getComputedStyle(aside).position === "static" && (text || box)) (text || box).scrollIntoView({ block: "center" });
  }
  const narrowest = (element) => element.dataset.k.split(" ").filter((k) => k[0] !== "f").pop() || element.dataset.k.split(" ")[0];
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (link) {
      event.preventDefault();
      go(link.dataset.go, link.closest("svg") ? "timeline" : "table");
      return;
    }
    const mark = event.target.closest(".m, rect[data-k]");
    if (mark) go(narrowest(mark), mark.matches("rect") ? "page" : "text");
  });

  // Details of what the pointer is on.
  const tip = document.getElementById("tip");
  function show(event) {
    const target = event.target.closest(".m, rect[data-k], .timeline a");
    if (!target) { tip.hidden = true; return; }
    const cards = target.dataset.k.split(" ").reverse().map((k) => document.getElementById("card-" + k)).filter(Boolean);
    tip.replaceChildren(...cards.map((card) => { const copy = card.cloneNode(true); copy.removeAttribute("id"); return copy; }));
    tip.hidden = cards.length === 0;
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(event.clientX + 14, document.documentElement.clientWidth - width - 8)) + "px";
    tip.style.top = (event.clientY + 18 + height > innerHeight ? Math.max(4, event.clientY - height - 12) : event.clientY + 18) + "px";
  }
  document.addEventListener("mouseover", show);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });
  all(".timeline a > title").forEach((t) => t.remove());

  // Tables that sort.
  const value = (row, column) => { const cell = row.cells[column]; return cell.dataset.s ?? cell.textContent.trim(); };
  all("table.sortable").forEach((table) => all("th button", table).forEach((button, column) => button.addEventListener("click", () => {
    const head = button.parentElement, down = head.getAttribute("aria-sort") === "ascending";
    all("th", table).forEach((h) => h.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = Array.from(table.tBodies[0].rows);
    rows.sort((a, b) => vietnamese.compare(value(a, column), value(b, column)) * (down ? -1 : 1));
    table.tBodies[0].append(...rows);
  })));

  // Tasks by words, lead, month and kind.
  const [find, lead, month, kind, count] = ["find", "lead", "month", "kind", "count"].map((id) => document.getElementById(id));
  const tasks = all("#tasks tbody tr");
  const plain = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  const words = new Map(tasks.map((row) => [row, plain(row.textContent)]));
  const fits = (wanted, given, separator) => !wanted || (wanted === "-" ? !given : given.split(separator).includes(wanted));
  function filter() {
    const needle = plain(find.value.trim());
    let shown = 0;
    for (const row of tasks) {
      const { leads, months } = row.dataset;
      row.hidden = !(fits(lead.value, leads, "|") && fits(month.value, months, " ") && (!kind.value || kind.value === row.dataset.kind) && words.get(row).includes(needle));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `Hiện ${shown}/${tasks.length} nhiệm vụ`;
  }
  find.addEventListener("input", filter);
  [lead, month, kind].forEach((field) => field.addEventListener("change", filter));
  filter();

  // Today, as the reader's clock has it.
  const day = 86400000, now = new Date(), today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  all(".day").forEach((e) => {
    const left = (Date.parse(e.dataset.day) - today) / day;
    if (e.closest("tr").dataset.months.includes(" ")) return;
    e.classList.toggle("late", left < 0);
    e.classList.toggle("soon", left >= 0 && left <= 7);
  });
  const line = document.querySelector(".timeline");
  if (line) {
    const { first, last, left, right } = line.dataset, from = Date.parse(first), to = Date.parse(last);
    if (today >= from && today <= to) {
      const mark = document.createElementNS("http://www.w3.org/2000/svg", "line"), x = +left + (+right - left) * (today - from) / (to - from);
      for (const [name, v] of Object.entries({ class: "now", x1: x, x2: x, y1: 24, y2: line.viewBox.baseVal.height })) mark.setAttribute(name, v);
      line.append(mark);
    }
  }
})();
