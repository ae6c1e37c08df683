// Links in the rich text editor. The server completes the address (www.…, an e-mail address) or says that it is none.
// Or the editor chooses an own article by words of its headline.
import { crel, Link as BaseLink, PasteRule, updateAttrsDialog } from "django-prose-editor/editor"

const labels = document.getElementById("editor-labels")?.dataset || {}
// Words become links while they are typed if they are clearly meant so, and not for a missing space ("Geneva.In").
const CLEARLY_A_LINK = /^(https?:|mailto:|tel:|www\.)|@/i

const linkTo = (href) => {
  const link = document.createElement("a")
  link.setAttribute("href", href)
  link.textContent = href
  return link.outerHTML
}

const completed = async (cleaner, href) => {
  const { html } = await cleaner.ask(linkTo(href))
  if (html === undefined) return href
  return new DOMParser().parseFromString(html, "text/html").querySelector("a")?.getAttribute("href")
}

const LOOKS_LIKE_AN_ADDRESS = /^(\/|[a-z][a-z0-9+.-]*:|www\.)|@|^\S+\.\S+$/i
const PAUSE_MS = 300

const ownArticles = async (words, language) => {
  const question = new URLSearchParams({ q: words, language })
  try {
    const response = await fetch(`${labels.linkTargets}?${question}`, { redirect: "error" })
    return (await response.json()).articles
  } catch {
    return []
  }
}

// Below the address: a list of buttons, one for each own article whose headline has the words.
const offerArticles = (editor) => {
  const dialog = editor.view.dom.parentElement.querySelector("dialog[open]")
  const input = dialog?.querySelector("input")
  if (!input || !labels.linkTargets) return
  const box = crel("div", { className: "link-targets", role: "status" })
  dialog.querySelector(".prose-editor-dialog-buttons").before(box)
  const choose = (address) => {
    input.value = address
    dialog.querySelector("button[type=submit]").click()
  }
  const button = ({ address, headline, language, direction, state }) => {
    const name = crel("bdi", { lang: language, dir: direction, textContent: headline })
    const about = crel("span", { className: "about", textContent: `${language} · ${state}` })
    const one = crel("button", { type: "button" }, [name, about])
    one.addEventListener("click", () => choose(address))
    return crel("li", {}, [one])
  }
  const show = (articles) => {
    const list = crel("ul", { "aria-label": labels.ownArticles }, articles.map(button))
    box.replaceChildren(articles.length ? list : labels.noOwnArticle)
  }
  let timer
  const offer = () => {
    clearTimeout(timer)
    const words = input.value.trim()
    if (!words || LOOKS_LIKE_AN_ADDRESS.test(words)) return box.replaceChildren()
    timer = setTimeout(async () => {
      const articles = await ownArticles(words, editor.view.dom.lang)
      if (words === input.value.trim()) show(articles)
    }, PAUSE_MS)
  }
  input.addEventListener("input", offer)
  offer() // words that were no address stand in the field again
  // Arrow keys go through the address and the articles; Enter in the address goes to the first article, if there is one.
  dialog.addEventListener("keydown", (event) => {
    const stops = [input, ...box.querySelectorAll("button")]
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.target === input ? 1 : 0 }[event.key]
    const next = stops.includes(event.target) && step && stops[stops.indexOf(event.target) + step]
    if (!next) return
    event.preventDefault()
    next.focus()
  })
}

const askForLink = async (editor) => {
  const field = { type: "string", title: labels.address, description: labels.addressOrHeadline }
  let { href } = editor.getAttributes("link")
  while (true) {
    const answer = updateAttrsDialog({ href: field }, { title: labels.link })(editor, { href })
    offerArticles(editor)
    if (field.description === labels.notALink) {
      const told = editor.view.dom.parentElement.querySelector("dialog[open] .prose-editor-help")
      told?.classList.add("is-refusal")
      told?.setAttribute("role", "alert")
    }
    const entered = await answer
    if (!entered) return
    href = entered.href.trim()
    if (!href) return editor.chain().focus().unsetLink().run()
    const address = await completed(editor.storage.cleaner, href)
    if (address) return setLink(editor, address)
    field.description = labels.notALink
  }
}

const setLink = (editor, href) => {
  const chain = editor.chain().focus()
  if (editor.isActive("link")) chain.extendMarkRange("link").updateAttributes("link", { href }).run()
  else chain.setMark("link", { href }).run()
}

export const Link = BaseLink.extend({
  addOptions() {
    return { ...this.parent?.(), shouldAutoLink: (address) => CLEARLY_A_LINK.test(address) }
  },
  addAttributes() {
    const hreflang = { default: null, parseHTML: (element) => element.getAttribute("hreflang") }
    return { ...this.parent?.(), hreflang }
  },
  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor, dispatch }) => {
          if (dispatch && (!editor.state.selection.empty || editor.isActive("link"))) askForLink(editor)
          return true
        },
    }
  },
  // An address that is pasted becomes a link, except within a link: that one may lead elsewhere.
  addPasteRules() {
    return this.parent().map(
      ({ find, handler }) =>
        new PasteRule({
          find,
          handler: (props) => {
            const { state, range, match } = props
            if (state.doc.rangeHasMark(range.from, range.to, this.type)) return
            if (!/^http:/i.test(match[0])) match.data.href = match.data.href.replace(/^http:/, "https:")
            handler(props)
          },
        }),
    )
  },
})
