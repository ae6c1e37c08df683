// Typing or pasting never replaces a selected picture or line in the rich text editor: the text goes after it.
import { Extension, Plugin, pm } from "django-prose-editor/editor"

const { NodeSelection, Selection, TextSelection } = pm.state
const WHOLE = ["figure", "figureGroup", "horizontalRule"]

const inCaption = ($position) => {
  for (let depth = $position.depth; depth > 0; depth--) {
    if ($position.node(depth).type.name === "caption") return depth
  }
  return 0
}

// Moves the caret from a selected node to where text can be written after it.
const leaveSelected = (editor) => {
  const { selection } = editor.state
  if (!(selection instanceof NodeSelection) || !editor.isEditable) return false
  const { writeAfter, setTextSelection } = editor.commands
  return selection.node.isInline ? setTextSelection(selection.to) : writeAfter(selection.to)
}

const enter = ({ editor }) => {
  const { selection } = editor.state
  if (selection instanceof NodeSelection) return leaveSelected(editor) && !selection.node.isInline
  const depth = inCaption(selection.$from)
  return depth > 0 && editor.commands.writeAfter(selection.$from.after(depth - 1))
}

// What Backspace at the start of a paragraph, or Delete at its end, selects: the picture, or a position in the table.
const neighbourSelection = (doc, node, start, forward) => {
  if (WHOLE.includes(node?.type.name)) return NodeSelection.create(doc, start)
  if (node?.type.name !== "table") return null
  return Selection.near(doc.resolve(forward ? start + 1 : start + node.nodeSize - 1), forward ? 1 : -1)
}

const selectNeighbour = ({ state, tr, dispatch }, forward) => {
  const { $from, empty } = state.selection
  const { isTextblock, content } = $from.parent
  if (!empty || !isTextblock || $from.parentOffset !== (forward ? content.size : 0)) return false
  const depth = inCaption($from)
  if (depth && !forward && $from.pos === $from.start(depth) + 1) {
    if (dispatch) tr.setSelection(NodeSelection.create(tr.doc, $from.before(depth - 1)))
    return true
  }
  const edge = state.doc.resolve(forward ? $from.after() : $from.before())
  const neighbour = forward ? edge.nodeAfter : edge.nodeBefore
  const start = forward || !neighbour ? edge.pos : edge.pos - neighbour.nodeSize
  const selection = neighbourSelection(tr.doc, neighbour, start, forward)
  if (!selection || !dispatch) return Boolean(selection)
  tr.setSelection(selection)
  const replaceable = edge.parent.canReplace(edge.index() - (forward ? 1 : 0), edge.index() + (forward ? 0 : 1))
  if (!content.size && replaceable) tr.delete($from.before(), $from.after())
  tr.scrollIntoView()
  return true
}

// An input method reports keyCode 229 for a key. Phones report it for every key, with the key "Unidentified".
const isForInputMethod = ({ keyCode, key }) => keyCode === 229 && key !== "Unidentified"

const plugin = (editor) => {
  const writeText = (text) => leaveSelected(editor) && (editor.view.dispatch(editor.state.tr.insertText(text)), true)
  return new Plugin({
    props: {
      handleKeyDown: (view, event) => (isForInputMethod(event) && leaveSelected(editor), false),
      handleTextInput: (view, from, to, text) => writeText(text),
      handlePaste: (view, event, slice) => (slice.size > 0 && leaveSelected(editor), false),
      handleClickOn: (view, position, node, start, event) =>
        node.type.name === "figure" && event.target.nodeName === "IMG" && editor.commands.setNodeSelection(start),
      handleDOMEvents: {
        // Text without a key event: from an input method, a phone's keyboard or an emoji list.
        compositionstart: () => (leaveSelected(editor), false),
        beforeinput: (view, event) => {
          if (event.inputType !== "insertText" || !event.data || !writeText(event.data)) return false
          event.preventDefault()
          return true
        },
        dragstart: (view, event) => {
          const figure = event.target.nodeName === "IMG" && event.target.closest("figure")
          const start = figure && view.posAtDOM(figure, 0) - 1
          if (figure && view.state.doc.nodeAt(start)?.type.name === "figure") editor.commands.setNodeSelection(start)
          return false
        },
      },
    },
  })
}

export const KeepSelected = Extension.create({
  name: "keepSelected",
  priority: 1100, // before every other extension
  addCommands: () => ({
    // Moves the caret into an empty paragraph after the position, which is inserted if there is none.
    writeAfter:
      (position) =>
      ({ tr, state, dispatch }) => {
        if (!dispatch) return true
        const { paragraph } = state.schema.nodes
        let edge = tr.doc.resolve(position)
        const fits = (place) => place.parent.canReplaceWith(place.index(), place.index(), paragraph)
        while (edge.depth && !fits(edge)) edge = tr.doc.resolve(edge.after())
        if (edge.nodeAfter?.type !== paragraph || edge.nodeAfter.content.size) tr.insert(edge.pos, paragraph.create())
        tr.setSelection(TextSelection.create(tr.doc, edge.pos + 1)).scrollIntoView()
        return true
      },
  }),
  addKeyboardShortcuts() {
    const keys = { Enter: enter }
    for (const prefix of ["", "Mod-", "Shift-"]) {
      keys[`${prefix}Backspace`] = () => this.editor.commands.command((props) => selectNeighbour(props, false))
      keys[`${prefix}Delete`] = () => this.editor.commands.command((props) => selectNeighbour(props, true))
    }
    return keys
  },
  addProseMirrorPlugins() {
    return [plugin(this.editor)]
  },
})
