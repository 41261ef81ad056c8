// Makes the text of some elements transparent and tells, of those that are to be seen now,
// where their text is and what colour it has. The first one is brought into sight.
(selectors) => {
  // How far a button's shadow reaches, in pixels.
  const SHADOW = 10;
  // Where a field's text may be: within its border and padding.
  const inside = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const inset = (side) => parseFloat(style[`border${side}Width`]) + parseFloat(style[`padding${side}`]);
    const box = [left + inset("Left"), top + inset("Top"), right - inset("Right"), bottom - inset("Bottom")];
    return new DOMRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
  };
  const texts = (element) => {
    if (element.matches("input, textarea, select")) return [inside(element)];
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    return own.flatMap((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()];
    });
  };
  // What is left of a box within the window and within all that cuts it off.
  const cut = (box, element) => {
    let { left, top, right, bottom } = box;
    const within = (edge) => {
      left = Math.max(left, edge.left);
      top = Math.max(top, edge.top);
      right = Math.min(right, edge.right);
      bottom = Math.min(bottom, edge.bottom);
    };
    within({ left: 0, top: 0, right: innerWidth, bottom: innerHeight });
    for (let at = element; at; at = at.parentElement) {
      if (getComputedStyle(at).overflow !== "visible" && at !== document.documentElement && at !== document.body) {
        within(at.getBoundingClientRect());
      }
    }
    return { left, top, width: Math.max(right - left, 0), height: Math.max(bottom - top, 0) };
  };
  // What stays where it is while the page scrolls, and is at a place.
  const fixedAt = (left, top, element) => {
    for (let at = document.elementFromPoint(left, top); at; at = at.parentElement) {
      if (["fixed", "sticky"].includes(getComputedStyle(at).position) && !at.contains(element)) return true;
    }
    return false;
  };
  // Whether such a thing lies over some of it, or so near that its shadow does.
  const covered = (element, { left, top, width, height }) => {
    for (let x = left - SHADOW; x <= left + width + SHADOW; x += SHADOW) {
      for (let y = top - SHADOW; y <= top + height + SHADOW; y += SHADOW) {
        if (fixedAt(x, y, element)) return true;
      }
    }
    return false;
  };
  const area = ({ width, height }) => width * height;
  const rgba = (colour) => {
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = colour;
    probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data];
  };
  const opacity = (element) => {
    let product = 1;
    for (let at = element; at; at = at.parentElement) product *= Number(getComputedStyle(at).opacity);
    return product;
  };
  const textColour = (element) => {
    const empty = element.matches("input, textarea") && element.value === "";
    const style = getComputedStyle(element, empty ? "::placeholder" : null);
    return element.dataset.text ?? style.webkitTextFillColor;
  };
  const look = (selector, first) => {
    const element = document.querySelector(selector);
    if (!element) return null;
    // Written down before it is made transparent, once.
    element.dataset.text = textColour(element);
    const whole = texts(element);
    const inSight = whole.map((box) => cut(box, element)).filter((box) => area(box) > 4);
    const seen = inSight.map(area).reduce((a, b) => a + b, 0);
    const all = whole.map(area).reduce((a, b) => a + b, 0);
    const parts = inSight.filter((part) => !covered(element, part));
    if (!first && (seen < 0.99 * all || parts.length < inSight.length)) return null;
    const { fontSize, fontWeight } = getComputedStyle(element);
    const [red, green, blue, alpha] = rgba(element.dataset.text);
    return {
      parts,
      beneath: parts.length === 0 && inSight.length > 0,
      colour: [red, green, blue],
      opacity: (alpha / 255) * opacity(element),
      large: parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && Number(fontWeight) >= 700),
    };
  };
  document.querySelector(selectors[0])?.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const found = selectors.map((selector, index) => look(selector, index === 0));
  for (const selector of selectors) {
    const style = document.querySelector(selector)?.style;
    style?.setProperty("transition", "none", "important");
    style?.setProperty("-webkit-text-fill-color", "transparent", "important");
    style?.setProperty("text-decoration-color", "transparent", "important");
    style?.setProperty("caret-color", "transparent", "important");
  }
  return found;
}
