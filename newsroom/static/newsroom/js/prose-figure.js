// Pictures in the rich text editor. A picture with its caption is one node, so it cannot lose its picture.
// A figure with any other content is a group of blocks and captions.
import { crel, gettext, Node, updateAttrsDialog } from "django-prose-editor/editor"

const ATTRIBUTES = ["src", "alt", "width", "height", "lang", "dir"]
const BLOCKS = "p, h2, h3, ul, ol, blockquote, table, hr"
const FROM_ADDRESS = 'img[src]:not([src^="data:"])'

const attributesOf = (image) =>
  Object.fromEntries(
    ATTRIBUTES.filter((name) => image.hasAttribute(name)).map((name) => [name, image.getAttribute(name)]),
  )

// The attribute is required and has no default: the editor cannot create an empty picture.
const imageAttribute = (find) => ({
  isRequired: true,
  parseHTML: (element) => attributesOf(find(element)),
  renderHTML: ({ image }) => image,
})

// Whether the figure holds one picture, then at most one caption, and nothing else.
const isPlain = (figure) => {
  const [image, another] = figure.querySelectorAll("img")
  const [caption = null, second] = figure.querySelectorAll("figcaption")
  if (!image || another || second || image.closest("a, figcaption") || !image.matches(FROM_ADDRESS)) return false
  if (caption && image.compareDocumentPosition(caption) !== window.Node.DOCUMENT_POSITION_FOLLOWING) return false
  const blocks = [...figure.querySelectorAll(BLOCKS)]
  if (blocks.some((block) => !caption?.contains(block) && !block.contains(image))) return false
  return figure.textContent.trim() === (caption?.textContent.trim() ?? "")
}

const showImage = (figure, { image }) => {
  for (const name of ATTRIBUTES) {
    if (image[name] === undefined) figure.firstChild.removeAttribute(name)
    else figure.firstChild.setAttribute(name, image[name])
  }
}

export const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "caption",
  isolating: true,
  addOptions: () => ({ pickerUrl: null }),
  addAttributes: () => ({ image: { ...imageAttribute((figure) => figure.querySelector("img")), rendered: false } }),
  parseHTML: () => [
    {
      tag: "figure",
      getAttrs: (figure) => isPlain(figure) && null,
      contentElement: (figure) => {
        const caption = figure.querySelector("figcaption")
        return crel("div", {}, caption ? [caption.cloneNode(true)] : [])
      },
    },
  ],
  // prose-html.js adds the picture: this specification can only describe the element and its content.
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, 0],

  addNodeView() {
    return ({ node, HTMLAttributes }) => {
      const contentDOM = crel("div")
      const dom = crel("figure", {}, [crel("img", { contentEditable: "false" }), contentDOM])
      for (const [name, value] of Object.entries(HTMLAttributes)) dom.setAttribute(name, value)
      dom.style.setProperty("--no-caption", JSON.stringify(gettext("Caption")))
      showImage(dom, node.attrs)
      const update = (changed) => changed.type === node.type && (showImage(dom, changed.attrs), true)
      return { dom, contentDOM, update, ignoreMutation: ({ target }) => target === dom || target === dom.firstChild }
    }
  },

  addCommands() {
    return {
      insertFigure:
        () =>
        ({ editor, dispatch }) => {
          if (dispatch) askForPicture(editor, this.options.pickerUrl)
          return true
        },
    }
  },
})

export const FigureGroup = Node.create({
  name: "figureGroup",
  group: "block",
  content: "(block | caption)+",
  isolating: true,
  parseHTML: () => [{ tag: "figure", priority: 40 }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, 0],
})

export const Caption = Node.create({
  name: "caption",
  content: "paragraph+",
  isolating: true,
  selectable: false,
  parseHTML: () => [{ tag: "figcaption" }],
  renderHTML: ({ HTMLAttributes }) => ["figcaption", HTMLAttributes, 0],
})

// A picture inside a line of text or a link.
export const Image = Node.create({
  name: "image",
  group: "inline",
  inline: true,
  draggable: true,
  addAttributes: () => ({ image: imageAttribute((element) => element) }),
  parseHTML: () => [{ tag: FROM_ADDRESS }],
  renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
})

// [node, position] of the picture that is selected or whose caption has the caret; [] if there is none.
const currentPicture = ({ $from, node }) => {
  if (node?.attrs.image) return [node, $from.pos]
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name === "figure") return [$from.node(depth), $from.before(depth)]
  }
  return []
}

const askForPicture = async (editor, pickerUrl) => {
  const [node, position] = currentPicture(editor.state.selection)
  const fields = {
    imageUrl: {
      type: "string",
      title: gettext("Image URL"),
      required: true,
      picker: { label: gettext("Browse…"), handler: ({ input }) => pick(pickerUrl, input.form.elements) },
    },
    altText: { type: "string", title: gettext("Alternative Text") },
  }
  if (!node) fields.caption = { type: "string", title: gettext("Caption") }
  const options = node
    ? { title: gettext("Edit Figure"), submitText: gettext("Update") }
    : { title: gettext("Insert Figure"), submitText: gettext("Insert") }
  const { src, alt } = node?.attrs.image ?? {}
  const answer = await updateAttrsDialog(fields, options)(editor, { imageUrl: src, altText: alt })
  if (!answer) return
  const image = { src: answer.imageUrl.trim(), alt: answer.altText.trim() }
  if (node) changePicture(editor, node, position, image)
  else insertPicture(editor, image, answer.caption.trim())
}

// Opens the image picker; it calls `pictureChosen` (admin-picker.js).
const pick = (pickerUrl, { imageUrl, altText, caption }) => {
  window.pictureChosen = (picture) => {
    imageUrl.value = picture.src
    altText.value = picture.alt
    if (caption) caption.value = picture.caption
  }
  window.open(pickerUrl, "_blank", "width=800,height=600")
}

const changePicture = (editor, node, position, { src, alt }) => {
  const image = { ...node.attrs.image, src, alt }
  if (src !== node.attrs.image.src) {
    delete image.width
    delete image.height
  }
  editor.chain().focus().command(({ tr }) => tr.setNodeMarkup(position, null, { ...node.attrs, image })).run()
}

// Inserts after the paragraph of the caret, before it if the caret is at its start; replaces an empty paragraph.
const insertPicture = (editor, image, text) => {
  const { figure, caption, paragraph } = editor.schema.nodes
  const words = text ? editor.schema.text(text) : null
  const picture = figure.create({ image }, caption.create(null, paragraph.create(null, words)))
  const place = ({ tr, commands }) => {
    const { $to, empty } = tr.selection
    const fits = (depth, from, to) => $to.node(depth).canReplaceWith(from, to, figure)
    let depth = $to.depth
    while (depth > 0 && !fits(depth, $to.indexAfter(depth), $to.indexAfter(depth))) depth--
    const line = depth === $to.depth ? null : $to.node(depth + 1)
    let start = line ? $to.after(depth + 1) : $to.pos
    if (line?.isTextblock && !line.content.size && fits(depth, $to.index(depth), $to.index(depth) + 1)) {
      start = $to.before(depth + 1)
      tr.delete(start, start + line.nodeSize)
    } else if (line?.isTextblock && line.content.size && empty && $to.parentOffset === 0) {
      start = $to.before(depth + 1)
    }
    tr.insert(start, picture)
    return commands.writeAfter(start + picture.nodeSize)
  }
  editor.chain().focus().command(place).run()
}
