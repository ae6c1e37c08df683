// The source beside the editor of a translation: both scroll together, and the paragraph that belongs to the cursor's is
// marked.
const TOP = 120 // pixels below the top of the window, where the reader is
const BLOCKS = "p, h2, h3, li, tr, figcaption"

const blocksOf = (element) =>
  [...element.querySelectorAll(BLOCKS)].filter((one) => one.textContent.trim() && !one.querySelector(BLOCKS))

// The block of the other side at the same place: the same one of as many, else the one that is as far from the start.
const counterpart = (blocks, others, block) => {
  const at = blocks.indexOf(block)
  if (at < 0 || !others.length) return null
  return others.length === blocks.length ? others[at] : others[Math.round((at * (others.length - 1)) / Math.max(blocks.length - 1, 1))]
}

// Scrolls an element to a block of it; the page, if the element is as high as what it holds.
const show = (element, block) => {
  if (!block) return
  const { top } = block.getBoundingClientRect()
  if (element.scrollHeight > element.clientHeight + 1) element.scrollTop += top - element.getBoundingClientRect().top - 24
  else scrollBy(0, top - TOP)
}

// The first block that the reader sees of an element, which may scroll within itself and with the page.
const firstSeen = (element, blocks) => {
  const { top, bottom } = element.getBoundingClientRect()
  if (bottom < TOP || top > innerHeight) return null
  return blocks.find((one) => one.getBoundingClientRect().bottom > Math.max(top + 24, TOP))
}

const follow = (area, box) => {
  // Whoever points at the source or reads it by keyboard moves the editor; all else moves the source.
  const move = () => {
    const [here, there] = [area.getBoundingClientRect(), box.getBoundingClientRect()]
    if (here.top > there.bottom || there.top > here.bottom) return // one below the other, as on a phone
    const [one, other] = box.matches(":hover, :focus-within") ? [box, area] : [area, box]
    const blocks = blocksOf(one)
    const seen = firstSeen(one, blocks)
    if (seen) show(other, counterpart(blocks, blocksOf(other), seen))
  }
  let waiting = 0
  const later = ({ target }) => {
    const led = box.matches(":hover, :focus-within") ? target === box : target === document || target === area
    if (!led) return
    cancelAnimationFrame(waiting)
    waiting = requestAnimationFrame(move)
  }
  addEventListener("scroll", later, { passive: true, capture: true }) // capture: that of an element does not bubble
  document.addEventListener("selectionchange", () => {
    const node = getSelection().anchorNode
    if (!node || !area.contains(node)) return
    const inner = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(BLOCKS)
    const found = inner && counterpart(blocksOf(area), blocksOf(box), inner)
    for (const one of box.querySelectorAll(".counterpart")) if (one !== found) one.classList.remove("counterpart")
    if (!found || found.classList.contains("counterpart")) return
    found.classList.add("counterpart")
    show(box, found)
  })
}

document.addEventListener("prose-editor:ready", (event) => {
  const area = event.detail.editor.view.dom
  const box = area.closest(".with-source")?.querySelector(":scope > .source")
  if (box) follow(area, box)
})
