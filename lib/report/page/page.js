
"use strict";
/* Details of the bar that is pointed at or has the focus. The page is whole without this. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const details = document.getElementById("details");
  let shown = null, pinned = null;

  const element = (name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };

  const fill = (fact) => {
    const list = document.createElement("dl");
    for (const [head, text] of fact.notes) list.append(element("dt", head), element("dd", text));
    details.replaceChildren(element("h3", fact.name), list);
  };

  /* Under the bar or over it, within the window. */
  const place = (block) => {
    const bar = block.getBoundingClientRect(), box = details.getBoundingClientRect();
    const sheet = document.documentElement;
    const within = (at, size, room) => Math.max(8, Math.min(at, room - size - 8));
    let top = bar.bottom + 10;
    if (top + box.height > sheet.clientHeight - 8 && bar.top - box.height - 10 >= 8)
      top = bar.top - box.height - 10;
    details.style.left = within(bar.left, box.width, sheet.clientWidth) + "px";
    details.style.top = within(top, box.height, sheet.clientHeight) + "px";
  };

  const mark = (block, on) => {
    const fact = data.blocks[block.id];
    block.classList.toggle("on", on);
    for (const mate of block.ownerSVGElement.querySelectorAll(".block"))
      if (mate !== block && mate.dataset.slot === block.dataset.slot)
        mate.classList.toggle("mate", on);
    for (const line of fact.lines)
      document.getElementById("line-" + line)?.classList.toggle("on", on);
  };

  const hide = () => {
    if (shown) mark(shown, false);
    shown = null;
    details.hidden = true;
  };

  const show = (block) => {
    if (shown === block) return;
    hide();
    shown = block;
    fill(data.blocks[block.id]);
    details.hidden = false;
    mark(block, true);
    place(block);
  };

  const pin = (block) => {
    pinned?.setAttribute("aria-pressed", "false");
    pinned = pinned === block ? null : block;
    pinned?.setAttribute("aria-pressed", "true");
    details.classList.toggle("pinned", pinned !== null);
    if (pinned) show(pinned);
  };

  const close = () => {
    if (pinned) pin(pinned);
    hide();
  };

  const middle = (block) => {
    const box = block.getBoundingClientRect();
    return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  };

  /* The nearest bar in a direction: what is aside counts more than what is ahead. */
  const neighbour = (block, blocks, dx, dy) => {
    const [x, y] = middle(block);
    let best = null, least = Infinity;
    for (const other of blocks) {
      const [u, v] = middle(other);
      const ahead = (u - x) * dx + (v - y) * dy, aside = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
      if (other === block || ahead < 0.5) continue;
      if (ahead + 2 * aside < least) [best, least] = [other, ahead + 2 * aside];
    }
    return best;
  };

  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const follow = (block, blocks, key) => {
    if (key === "Home") return blocks[0];
    if (key === "End") return blocks[blocks.length - 1];
    return ways[key] ? neighbour(block, blocks, ...ways[key]) : null;
  };

  /* One stop for Tab in each picture: the bar that had the focus last. */
  const enter = (block, blocks) => {
    for (const other of blocks) other.setAttribute("tabindex", other === block ? "0" : "-1");
  };

  const press = (event, blocks) => {
    const block = event.target.closest(".block");
    if (!block) return;
    if (event.key === "Enter" || event.key === " ") pin(block);
    else if (event.key in ways || event.key === "Home" || event.key === "End")
      follow(block, blocks, event.key)?.focus();
    else return;
    event.preventDefault();
  };

  const listen = (picture) => {
    const blocks = [...picture.querySelectorAll(".block")];
    for (const block of blocks) {
      block.querySelector("title").remove();
      block.setAttribute("role", "button");
      block.setAttribute("aria-pressed", "false");
    }
    if (blocks.length) enter(blocks[0], blocks);
    const on = (name, act) => picture.addEventListener(name, (event) => {
      const block = event.target.closest(".block");
      if (block) act(block);
    });
    on("pointerover", (block) => pinned || show(block));
    on("pointerout", () => pinned || hide());
    on("focusin", (block) => { enter(block, blocks); if (!pinned) show(block); });
    on("focusout", () => pinned || hide());
    on("click", pin);
    picture.addEventListener("keydown", (event) => press(event, blocks));
  };

  for (const picture of document.querySelectorAll("figure svg")) listen(picture);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  window.addEventListener("resize", () => shown && place(shown));
  window.addEventListener("scroll", () => shown && place(shown), { passive: true });
})();
