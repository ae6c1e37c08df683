// Choosing related rows in an article's form: type to find, and see what is chosen as chips that can be removed and
// moved, by dragging or with buttons. The rows of the form stay underneath, hidden, and are what is sent.
const words = document.getElementById("picker-labels").dataset
const moveWords = document.getElementById("desk-labels").dataset

const announcer = document.createElement("p")
announcer.className = "visually-hidden"
announcer.setAttribute("role", "status")
document.body.append(announcer)
const say = (text) => { announcer.textContent = text }

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}
const nameOf = (select) => select.getAttribute("aria-label") || select.labels?.[0]?.textContent.replace(/[:*\s]+$/, "").trim() || ""
const itemOf = (option) => ({ id: option.value, text: option.textContent.trim(), ...option.dataset })
const put = (select, item) => {
  const option = item ? new Option(item.text, item.id, true, true) : new Option("", "", true, true)
  if (item) Object.assign(option.dataset, { thumbnail: item.thumbnail || "", note: item.note || "" })
  select.replaceChildren(option)
  for (const kind of ["input", "change"]) select.dispatchEvent(new Event(kind, { bubbles: true }))
}

let number = 0

// A field to type in, with a list of what was found (the combobox pattern of ARIA).
const search = (select, label, choose, isTaken) => {
  const id = `picker-${++number}`
  const list = make("ul", { id, className: "picker-list", hidden: true })
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", label)
  const input = make("input", { type: "text", className: "picker-input", placeholder: words.find, autocomplete: "off" })
  const attributes = { role: "combobox", "aria-label": label, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, dir: "auto" }
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value)
  for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name))
  }
  let running = null
  let timer = 0
  let active = -1

  const options = () => [...list.querySelectorAll("[role=option]")]
  const close = () => {
    running?.abort()
    clearTimeout(timer)
    list.hidden = true
    input.setAttribute("aria-expanded", "false")
    input.removeAttribute("aria-activedescendant")
    active = -1
  }
  const mark = (place) => {
    const all = options()
    active = all.length ? (place + all.length) % all.length : -1
    for (const [at, option] of all.entries()) option.setAttribute("aria-selected", String(at === active))
    if (active < 0) return
    input.setAttribute("aria-activedescendant", all[active].id)
    all[active].scrollIntoView({ block: "nearest" })
  }
  const take = (option) => {
    input.value = ""
    close()
    choose(option.item)
  }
  const line = (text) => {
    const told = make("li", { className: "picker-told", textContent: text })
    told.setAttribute("role", "presentation")
    return told
  }
  const show = (items, hasMore) => {
    const found = items.filter((item) => !isTaken(item.id))
    list.replaceChildren(...found.map((item, place) => {
      const option = make("li", { id: `${id}-${place}`, item }, ...contents(item))
      option.setAttribute("role", "option")
      option.addEventListener("pointerdown", (event) => event.preventDefault()) // keeps the focus in the field
      option.addEventListener("click", () => take(option))
      return option
    }))
    if (!found.length) list.append(line(words.nothing))
    else if (hasMore) list.append(line(words.more))
    open()
    mark(found.length && input.value ? 0 : -1)
  }
  const open = () => {
    list.hidden = false
    input.setAttribute("aria-expanded", "true")
  }
  const ask = async () => {
    running?.abort()
    running = new AbortController()
    const { url, app, model, field } = select.dataset
    const query = new URLSearchParams({ term: input.value.trim(), app_label: app, model_name: model, field_name: field })
    try {
      const answer = await fetch(`${url}?${query}`, { signal: running.signal, headers: { accept: "application/json" } })
      const { results, pagination } = await answer.json()
      show(results, pagination.more)
    } catch (error) {
      if (error.name === "AbortError") return
      list.replaceChildren(line(words.failed))
      open()
      say(words.failed)
    }
  }
  input.addEventListener("input", (event) => {
    event.stopPropagation() // it is no field of the form
    clearTimeout(timer)
    timer = setTimeout(ask, 150)
  })
  input.addEventListener("click", () => { if (list.hidden) ask() })
  input.addEventListener("blur", () => { input.value = ""; close() })
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      if (list.hidden) ask()
      else mark(active < 0 && event.key === "ArrowUp" ? -1 : active + (event.key === "ArrowDown" ? 1 : -1))
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault() // Enter chooses; it never sends the form
      if (active >= 0) take(options()[active])
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault()
      close()
    }
  })
  const field = make("div", { className: "picker-field" }, input, list)
  return { field, input }
}

const contents = (item) => [
  ...(item.thumbnail ? [make("img", { src: item.thumbnail, alt: "", className: "chip-picture", loading: "lazy" })] : []),
  make("bdi", { className: "chip-name", textContent: item.text }),
  ...(item.note ? [make("span", { className: "chip-note", textContent: item.note })] : []),
]

const button = (sign, label, press) => {
  const made = make("button", { type: "button", className: "chip-button", textContent: sign })
  made.setAttribute("aria-label", label)
  made.addEventListener("click", press)
  return made
}

// A single choice: a chip while something is chosen, else the field.
const single = (select) => {
  const label = nameOf(select)
  const chips = make("ul", { className: "chips" })
  const show = () => {
    const option = select.selectedOptions[0]
    const item = option?.value ? itemOf(option) : null
    chips.replaceChildren(...(item ? [make("li", { className: "chip" }, ...contents(item), button("×", `${words.remove}: ${item.text}`, remove))] : []))
    chips.hidden = Boolean(!item)
    field.hidden = Boolean(item)
  }
  const remove = () => {
    say(`${words.removed}: ${chips.textContent.slice(0, -1)}`)
    put(select, null)
    show()
    input.focus()
  }
  const { field, input } = search(select, label, (item) => {
    put(select, item)
    show()
    say(`${words.chosen}: ${item.text}`)
    chips.querySelector("button").focus()
  }, () => false)
  input.id = `${select.id}_find`
  for (const one of [...(select.labels || [])]) one.htmlFor = input.id
  select.hidden = true
  select.after(chips, field)
  select.addEventListener("picker:show", () => { // another script has chosen
    show()
    say(`${words.chosen}: ${select.selectedOptions[0].textContent}`)
  })
  show()
}

// Adds an empty row to the rows of an inline, as Django's own script does.
const addRow = (group) => {
  const template = group.querySelector(".empty-form")
  const total = group.querySelector("[name$=-TOTAL_FORMS]")
  const row = template.cloneNode(true)
  row.classList.remove("empty-form")
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes("__prefix__")) element.setAttribute(name, value.replaceAll("__prefix__", total.value))
      else if (name === "id" && element === row) element.id = value.replace(/-empty$/, `-${total.value}`)
    }
  }
  total.value = Number(total.value) + 1
  template.before(row)
  row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: group.id.replace(/-group$/, "") } }))
  return row
}
const rowsOf = (group) => [...group.querySelectorAll("tbody > tr.form-row:not(.empty-form)")]

// Rows that lead to another model: a list of chips in their order.
const several = (group) => {
  const table = group.querySelector("table")
  const selectOf = (row) => row.querySelector("select.picker")
  const deletion = (row) => row.querySelector("input[type=checkbox][name$=-DELETE]")
  const isShown = (row) => selectOf(row).value && !deletion(row)?.checked
  const template = group.querySelector("tr.empty-form select.picker")
  const label = group.querySelector("h2").textContent.trim()
  const chips = make("ol", { className: "chips" })
  chips.setAttribute("aria-label", label)
  let dragged = null

  const shown = () => [...chips.children].map((chip) => chip.row)
  const renumber = () => {
    for (const [place, row] of shown().entries()) row.querySelector(".field-order input").value = place + 1
    chips.hidden = !chips.children.length
    chips.classList.toggle("one", chips.children.length < 2)
    table.dispatchEvent(new Event("input", { bubbles: true }))
  }
  const itemIn = (row) => itemOf(selectOf(row).selectedOptions[0])
  const add = (item) => {
    const known = rowsOf(group).find((row) => deletion(row)?.checked && selectOf(row).value === item.id)
    const row = known || rowsOf(group).find((one) => !selectOf(one).value) || addRow(group)
    if (known) deletion(known).checked = false
    else put(selectOf(row), item)
    chips.append(chipOf(row))
    renumber()
    say(`${words.added}: ${item.text}`)
  }
  const remove = (chip) => {
    const { row } = chip
    const name = itemIn(row).text
    const next = chip.nextElementSibling || chip.previousElementSibling
    if (deletion(row)) deletion(row).checked = true
    else {
      put(selectOf(row), null)
      row.querySelector(".field-order input").value = ""
    }
    chip.remove()
    renumber()
    say(`${words.removed}: ${name}`)
    if (next) next.querySelector(".chip-button:last-child").focus()
    else input.focus()
  }
  const tellPlace = (chip) => {
    const place = { place: [...chips.children].indexOf(chip) + 1, total: chips.children.length }
    say(`${itemIn(chip.row).text}: ${words.place.replace(/{(\w+)}/g, (_, name) => place[name])}`)
  }
  const move = (chip, step) => {
    const other = step < 0 ? chip.previousElementSibling : chip.nextElementSibling
    if (!other) return tellPlace(chip)
    const pressed = document.activeElement
    if (step < 0) other.before(chip)
    else other.after(chip)
    pressed.focus()
    renumber()
    tellPlace(chip)
  }
  const chipOf = (row) => {
    const item = itemIn(row)
    const chip = make("li", { className: "chip", draggable: true, row }, ...contents(item))
    const tools = make("span", { className: "chip-tools" },
      button("↑", `${moveWords.up}: ${item.text}`, () => move(chip, -1)),
      button("↓", `${moveWords.down}: ${item.text}`, () => move(chip, 1)))
    chip.append(tools, button("×", `${words.remove}: ${item.text}`, () => remove(chip)))
    const faults = [...row.querySelectorAll(".errorlist")]
    if (row.previousElementSibling?.matches(".row-form-errors")) faults.push(...row.previousElementSibling.querySelectorAll(".errorlist"))
    chip.append(...faults.map((fault) => fault.cloneNode(true)))
    chip.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return
      event.preventDefault()
      move(chip, event.key === "ArrowUp" ? -1 : 1)
    })
    chip.addEventListener("dragstart", (event) => {
      dragged = chip
      event.dataTransfer.effectAllowed = "move"
      event.dataTransfer.setData("text/plain", item.text)
      chip.classList.add("dragged")
    })
    chip.addEventListener("dragend", () => {
      chip.classList.remove("dragged")
      dragged = null
      renumber()
      tellPlace(chip)
    })
    chip.addEventListener("dragover", (event) => {
      if (!dragged || dragged === chip || dragged.parentElement !== chips) return
      event.preventDefault()
      const { top, height } = chip.getBoundingClientRect()
      if (event.clientY < top + height / 2) chip.before(dragged)
      else chip.after(dragged)
    })
    return chip
  }
  const isTaken = (id) => shown().some((row) => selectOf(row).value === id)
  const { field, input } = search(template, label, add, isTaken)
  const byOrder = (row) => Number(row.querySelector(".field-order input").value) || Infinity
  chips.append(...rowsOf(group).filter(isShown).sort((a, b) => byOrder(a) - byOrder(b)).map(chipOf))
  chips.hidden = !chips.children.length
  chips.classList.toggle("one", chips.children.length < 2)
  // A fault in a row without a choice has no chip: it is told above the field.
  const others = rowsOf(group).filter((row) => !isShown(row)).flatMap((row) => [...row.querySelectorAll(".errorlist")])
  table.hidden = true
  table.before(chips, ...others.map((fault) => fault.cloneNode(true)), field)
  group.classList.add("picked")
  group.addEventListener("picker:add", (event) => { if (!isTaken(event.detail.id)) add(event.detail) })
}

for (const group of document.querySelectorAll(".inline-group.ordered, #quotes-group")) {
  const template = group.querySelector(".empty-form")
  if (!template) continue
  if (template.querySelector("select.picker")) several(group)
  else {
    const { options } = JSON.parse(group.dataset.inlineFormset)
    const more = make("button", { type: "button", className: "step add-row-button", textContent: options.addText })
    more.addEventListener("click", () => {
      const row = group.querySelector(".spare[hidden]") || addRow(group) // admin-quotes.js hides an empty quote
      row.hidden = false
      row.querySelector("input:not([type=hidden])").focus()
    })
    ;(group.querySelector("table") || template).after(more)
  }
}
for (const select of document.querySelectorAll("#article_form .field select.picker")) single(select)

// The menu of steps closes like any other menu.
const menu = document.querySelector(".more-steps")
document.addEventListener("click", ({ target }) => { if (menu && !menu.contains(target)) menu.open = false })
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return
  menu.open = false
  menu.querySelector("summary").focus()
})
