// Keeps HTML that the editor would change: table sections and captions, text without paragraphs.
import {
  Extension,
  gettext,
  ListItem as BaseItem,
  pm,
  Table as BaseTable,
  TableHeader as BaseHeader,
  TableRow as BaseRow,
  updateAttrsDialog,
} from "django-prose-editor/editor"

const attribute = (name) => ({ default: null, parseHTML: (element) => element.getAttribute(name) })

// A list item that starts with a heading, a picture or a list gets an empty paragraph first, in the editor only.
const BLOCKS = "h2, h3, ul, ol, blockquote, table, figure, hr"
export const ListItem = BaseItem.extend({
  parseHTML: () => [
    {
      tag: "li",
      contentElement: (item) => {
        const first = [...item.childNodes].find((node) => node.nodeName !== "#text" || node.data.trim())
        if (!(first instanceof Element) || !first.matches(BLOCKS)) return item
        const content = item.cloneNode(true)
        content.prepend(document.createElement("p"))
        return content
      },
    },
  ],
})

export const TableHeader = BaseHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: attribute("scope") }
  },
})

// "thead", "tbody", "tfoot"; a second body is "tbody2".
const section = (row) => {
  const part = row.closest("thead, tbody, tfoot")
  if (!part) return null
  const number = [...part.parentElement.children].filter(({ nodeName }) => nodeName === part.nodeName).indexOf(part)
  return part.nodeName.toLowerCase() + (number > 0 ? number + 1 : "")
}

export const TableRow = BaseRow.extend({
  addAttributes() {
    return { ...this.parent?.(), section: { default: null, rendered: false, parseHTML: section } }
  },
})

// Table captions are shown and kept, but cannot be edited: tables of the editor contain rows only.
const KEPT = { STRONG: [], EM: [], S: [], SUB: [], SUP: [], BDI: [], SPAN: [], BR: [], A: ["href", "hreflang"], CAPTION: [] }
const kept = (node) => {
  if (node.nodeType === window.Node.TEXT_NODE) return [document.createTextNode(node.data)]
  const inner = [...node.childNodes].flatMap(kept)
  if (!(node.nodeName in KEPT)) return inner
  const copy = document.createElement(node.nodeName)
  for (const name of [...KEPT[node.nodeName], "lang", "dir"]) {
    if (node.hasAttribute(name)) copy.setAttribute(name, node.getAttribute(name))
  }
  copy.append(...inner)
  return [copy]
}
const captionOf = (html) =>
  kept(new DOMParser().parseFromString(`<table>${html}</table>`, "text/html").querySelector("caption"))[0]

const askForTable = async (editor) => {
  const number = (title) => ({ type: "number", title, format: "number", default: "3", min: "1", max: "100" })
  const fields = {
    rows: number(gettext("Rows")),
    cols: number(gettext("Columns")),
    withHeaderRow: { type: "boolean", title: gettext("Include header row"), default: true },
  }
  const options = { title: gettext("Table Properties"), submitText: gettext("Insert Table") }
  const answer = await updateAttrsDialog(fields, options)(editor, {})
  if (!answer) return
  const [rows, cols] = [answer.rows, answer.cols].map((number) => Number.parseInt(number, 10) || 3)
  editor.chain().focus().insertTable({ rows, cols, withHeaderRow: answer.withHeaderRow }).run()
}

export const Table = BaseTable.extend({
  // As the editor's own, whose choices are in English.
  addCommands() {
    const insertTableWithOptions =
      () =>
      ({ editor, dispatch }) => {
        if (dispatch) askForTable(editor)
        return true
      }
    return { ...this.parent?.(), insertTableWithOptions }
  },
  // The caption is not part of the content.
  parseHTML: () => [
    {
      tag: "table",
      contentElement: (table) => {
        const rows = table.cloneNode(true)
        for (const caption of rows.querySelectorAll(":scope > caption")) caption.remove()
        return rows
      },
    },
  ],
  addAttributes() {
    const parseHTML = (table) => {
      const caption = table.querySelector(":scope > caption")
      return caption && kept(caption)[0].outerHTML
    }
    return { ...this.parent?.(), caption: { default: null, rendered: false, parseHTML } }
  },
  addNodeView() {
    const show = this.parent()
    return (props) => {
      const view = show(props)
      const { caption } = props.node.attrs
      if (caption) view.table.prepend(captionOf(caption))
      const update = view.update
      view.update = (changed) => changed.attrs.caption === caption && update(changed)
      return view
    }
  },
})

// An attribute: whether the element holds its text directly, without a paragraph.
const bare = (byDefault) => ({
  bare: { default: byDefault, rendered: false, parseHTML: (element) => !element.querySelector(":scope > p") },
})

const regroup = (table, node) => {
  const body = table.querySelector(":scope > tbody")
  let current = ""
  let part
  for (const [index, row] of [...body.children].entries()) {
    const wanted = node.child(index).attrs.section ?? (current === "thead" || !current ? "tbody" : current)
    if (wanted !== current) {
      part = document.createElement(wanted.match(/^[a-z]+/)[0])
      table.append(part)
    }
    current = wanted
    part.append(row)
  }
  body.remove()
  if (node.attrs.caption) table.prepend(captionOf(node.attrs.caption))
}

const withoutParagraph = (node) => {
  if (!node.attrs.bare) return node
  const paragraphs = node.content.content.filter(({ type }) => type.name === "paragraph")
  const [line, another] = paragraphs.filter(({ content }) => content.size)
  if (another || line?.attrs.lang || line?.attrs.dir) return node
  const parts = node.content.content.flatMap((child) => (paragraphs.includes(child) ? child.content.content : [child]))
  return node.copy(pm.model.Fragment.fromArray(parts))
}

class Serializer extends pm.model.DOMSerializer {
  serializeNodeInner(node, options) {
    const dom = super.serializeNodeInner(withoutParagraph(node), options)
    if (node.type.name === "table") regroup(dom, node)
    if (node.type.name === "figure") {
      const image = document.createElement("img")
      for (const [name, value] of Object.entries(node.attrs.image)) image.setAttribute(name, value)
      dom.prepend(image)
    }
    return dom
  }
}

export const KeepHTML = Extension.create({
  name: "keepHTML",
  addGlobalAttributes: () => [
    { types: ["listItem", "tableCell", "tableHeader", "caption"], attributes: bare(true) },
    { types: ["blockquote", "figureGroup"], attributes: bare(false) },
  ],
  onBeforeCreate() {
    const { schema } = this.editor
    const { nodesFromSchema, marksFromSchema } = pm.model.DOMSerializer
    schema.cached.domSerializer = new Serializer(nodesFromSchema(schema), marksFromSchema(schema))
  },
})
