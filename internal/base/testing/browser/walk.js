// A walk through a page by Tab; see walk.go.
window.walk = (() => {
  const been = new Set()
  let last = null
  const name = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 160)
  const look = (e) => {
    const all = []
    for (let up = 0; e && up < 3; up++, e = e.parentElement) {
      const s = getComputedStyle(e)
      all.push(s.outlineStyle === "none" ? "" : s.outlineStyle + s.outlineWidth + s.outlineColor, s.boxShadow, s.borderColor)
    }
    return all.join()
  }
  const controls = () => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")]
    .filter((e) => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0)
  document.activeElement?.blur()
  getSelection().removeAllRanges()
  const before = new Map(controls().map((e) => [e, look(e)]))
  return {
    stop() {
      const e = document.activeElement
      if (!e || e === document.body || been.has(e)) return {Name: "", End: true}
      const back = last !== null && (last.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING) !== 0
      been.add(e)
      last = e
      return {Name: name(e), Shown: !before.has(e) || before.get(e) !== look(e), Back: back}
    },
    left: () => controls().filter((e) => !been.has(e) && !(e.type === "radio" && [...been].some((o) => o.name === e.name && o.form === e.form))).map(name),
  }
})()
true
