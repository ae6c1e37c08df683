// What is pasted or dropped into the rich text editor, or edited as HTML, is cleaned by the server, as on saving.
// What it left out or repaired is shown below the field.
import { crel, Extension, HTML as BaseHTML, Plugin, pm, updateAttrsDialog } from "django-prose-editor/editor"

const { AllSelection, PluginKey, Selection, TextSelection } = pm.state
const key = new PluginKey("paste")
const labels = document.getElementById("editor-labels")?.dataset || {}
const OWN = "data-newsroom-editor" // marks HTML that was copied in this editor: it is clean
const MOST_MS = 20_000
// Pictures within the HTML are left out anyway; they can be several MB.
const PICTURE_DATA = /(data:[\w/.+-]+;base64,)[\w+/=\s]+/g

// Resolves to { html, notes }. Without html, the notes say why there is none.
const askServer = async (url, { form }, html) => {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: html.replace(PICTURE_DATA, "$1"),
      headers: { "Content-Type": "text/html; charset=utf-8", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      redirect: "error", // to the log-in page
      signal: AbortSignal.timeout(MOST_MS),
    })
    return await response.json()
  } catch {
    return { notes: [labels.noServer] }
  }
}

const showNotes = (textarea, library, { notes, hasPictures }) => {
  if (!notes.length) return
  const id = `${textarea.id}_notes`
  let box = document.getElementById(id)
  if (!box) {
    box = crel("div", { id, className: "cleaning-notes", role: "status" })
    textarea.closest(".prose-editor").after(box)
  }
  const list = box.querySelector("ul") || crel("ul")
  const items = notes.map((note) => crel("li", { textContent: note }))
  if (hasPictures) {
    const link = crel("a", { href: library, target: "_blank", textContent: labels.openLibrary })
    items.push(crel("li", {}, [`${labels.fromLibrary} `, link]))
  }
  for (const item of items) {
    for (const old of [...list.children]) if (old.textContent === item.textContent) old.remove()
    list.append(item)
  }
  box.append(list)
  box.scrollIntoView({ block: "nearest" })
}

// A form is sent when its answers have come: what was pasted belongs to it.
const running = new Set()
const wait = (promise) => {
  running.add(promise)
  promise.finally(() => running.delete(promise))
  return promise
}
let isSending = false
document.addEventListener("submit", async (event) => {
  if (!running.size) return
  event.preventDefault()
  if (isSending) return
  isSending = true
  await Promise.allSettled(running)
  isSending = false
  event.target.requestSubmit(event.submitter)
})

// A place is { id, from, to, selection }: a range that is mapped through changes, and the bookmark of the selection
// that was there, as long as it means the same. What is typed meanwhile comes after the place.
const moved = (place, tr, isBehind) => {
  if (!tr.docChanged) return place
  const to = tr.mapping.map(place.to, isBehind ? 1 : -1)
  const from = Math.min(to, tr.mapping.map(place.from, place.from < place.to || isBehind ? 1 : -1))
  return { ...place, from, to, selection: place.isNode ? place.selection.map(tr.mapping) : null }
}

// The state is { places, current, caret }: `current` is the place that is being filled, `caret` where the user writes.
const apply = (tr, { places, current, caret }) => {
  const change = tr.getMeta(key) || {}
  places = places.map((place) => moved(place, tr, current !== null && place.id > current))
  caret = caret?.map(tr.mapping)
  if (change.add) places = [...places, change.add]
  if (change.done) places = places.filter(({ id }) => id !== change.done)
  return "current" in change ? { places, current: change.current, caret: change.caret } : { places, current, caret }
}

const textRange = (doc, { from, to }) => TextSelection.between(doc.resolve(from), doc.resolve(to))

let lastId = 0
const mark = (view, selection) => {
  const isNode = !(selection instanceof TextSelection || selection instanceof AllSelection)
  const { from, to } = isNode ? selection : textRange(view.state.doc, selection)
  const add = { id: ++lastId, from, to, isNode, selection: selection.getBookmark() }
  const tr = view.state.tr.setMeta(key, { add })
  if (!isNode) tr.setSelection(Selection.near(tr.doc.resolve(to), -1))
  view.dispatch(tr)
  return add.id
}

// Pastes as if it had just been asked for, in one step to undo, and puts the caret back if the user went on elsewhere.
const fill = (view, id, paste) => {
  const { state } = view
  const place = key.getState(state).places.find((one) => one.id === id)
  const isHere = state.selection.empty && state.selection.from === place.to
  const range = place.selection?.resolve(state.doc) ?? textRange(state.doc, place)
  const caret = isHere || state.selection.eq(range) ? null : state.selection.getBookmark()
  view.dispatch(pm.history.closeHistory(state.tr.setSelection(range)).setMeta(key, { done: id, current: id, caret }))
  paste()
  const back = key.getState(view.state).caret
  const tr = view.state.tr.setMeta(key, { current: null, caret: null })
  if (back) tr.setSelection(back.resolve(tr.doc)).scrollIntoView()
  view.dispatch(tr)
}

const textOf = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent

const pasteCleaned = async (view, cleaner, selection, html, text) => {
  const id = mark(view, selection)
  const answer = await wait(cleaner.ask(html))
  if (view.isDestroyed) return
  const isCleaned = answer.html !== undefined
  fill(view, id, () => (isCleaned ? view.pasteHTML(answer.html) : view.pasteText(text || textOf(html))))
  cleaner.show(isCleaned ? answer : { notes: [...answer.notes, labels.withoutFormatting] })
}

// Whether the event was dealt with here; otherwise the editor does what it always does.
const take = (view, cleaner, event, data, selection) => {
  const html = data.getData("text/html")
  const text = data.getData("text/plain")
  if (html.includes(OWN) || !view.editable) return false
  if (html.trim()) pasteCleaned(view, cleaner, selection, html, text)
  else if (data.files.length && !text) cleaner.show({ notes: [labels.noFiles], hasPictures: true })
  else return false
  event.preventDefault()
  return true
}

const onPaste = (cleaner) => (view, event) => {
  const { shiftKey, lastKeyCode } = view.input
  const isPlain = shiftKey && lastKeyCode !== 45 // not Shift+Insert
  const data = event.clipboardData
  return Boolean(data) && !isPlain && take(view, cleaner, event, data, view.state.selection)
}

const onDrop = (cleaner) => (view, event) => {
  const place = !view.dragging && event.dataTransfer && view.posAtCoords({ left: event.clientX, top: event.clientY })
  if (!place) return false
  view.focus()
  return take(view, cleaner, event, event.dataTransfer, Selection.near(view.state.doc.resolve(place.pos)))
}

const { Decoration, DecorationSet } = pm.view
const placeholders = ({ id, from, to }) => [
  Decoration.widget(to, () => crel("span", { className: "paste-place", textContent: "…" }), { side: -1, key: `${id}` }),
  Decoration.inline(from, to, { class: "paste-range" }),
]

const plugin = (cleaner, schema) =>
  new Plugin({
    key,
    state: { init: () => ({ places: [], current: null, caret: null }), apply },
    props: {
      decorations: (state) => DecorationSet.create(state.doc, key.getState(state).places.flatMap(placeholders)),
      handleDOMEvents: { paste: onPaste(cleaner), drop: onDrop(cleaner) },
      clipboardSerializer: {
        serializeFragment(content, options) {
          const dom = pm.model.DOMSerializer.fromSchema(schema).serializeFragment(content, options)
          dom.firstElementChild?.setAttribute(OWN, "")
          return dom
        },
      },
    },
  })

export const Cleaner = Extension.create({
  name: "cleaner",
  priority: 10, // after every other extension
  addOptions: () => ({ url: "", library: "" }),
  addProseMirrorPlugins() {
    const { editor, options, storage } = this
    const textarea = () => editor.view.dom.closest(".prose-editor").querySelector(":scope > textarea")
    storage.ask = (html) => askServer(options.url, textarea(), html)
    storage.show = (answer) => showNotes(textarea(), options.library, answer)
    return [plugin(storage, editor.schema)]
  },
})

const LINE_ENDS = /<\/(?:p|h2|h3|li|ul|ol|blockquote|figure|figcaption|tr|thead|tbody|tfoot|caption|table)>|<hr[^>]*>/g

const editHTML = async (editor, cleaner) => {
  const fields = { html: { type: "string", title: "HTML", format: "textarea" } }
  const shown = { html: editor.getHTML().replace(LINE_ENDS, "$&\n") }
  const entered = await updateAttrsDialog(fields, { title: labels.html })(editor, shown)
  if (!entered) return
  const answer = await wait(cleaner.ask(entered.html))
  editor.chain().focus().setContent(answer.html ?? entered.html).run()
  cleaner.show(answer)
}

export const HTML = BaseHTML.extend({
  addCommands: () => ({
    editHTML:
      () =>
      ({ editor, dispatch }) => {
        if (dispatch) editHTML(editor, editor.storage.cleaner)
        return true
      },
  }),
})
