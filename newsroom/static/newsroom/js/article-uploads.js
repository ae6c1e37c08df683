// Pictures for an article, dropped from the desktop or chosen, several at once: stored in the library one after the
// other, each with its progress, then added to the form. The first becomes the lead image if there is none. Saving the
// form stores those that wait first, and stops at one that cannot be stored.
const area = document.querySelector(".uploads")
const form = document.getElementById("article_form")

const choosePicture = (item) => {
  const lead = document.getElementById("id_lead_image")
  if (lead && !lead.value) {
    const option = new Option(item.text, item.id, true, true)
    Object.assign(option.dataset, { thumbnail: item.thumbnail || "", note: item.note || "" })
    lead.replaceChildren(option)
    for (const kind of ["change", "picker:show"]) lead.dispatchEvent(new Event(kind, { bubbles: true }))
  } else document.getElementById("image_rows-group").dispatchEvent(new CustomEvent("picker:add", { detail: item }))
}

const send = (line, { file, alt, credit, decorative }) => new Promise((resolve) => {
  const data = new FormData()
  const language = form.elements.language?.value || document.getElementById("id_headline").lang
  for (const [name, value] of Object.entries({ file, alt, credit, language })) data.append(name, value)
  if (decorative) data.append("decorative", "on")
  const request = new XMLHttpRequest() // fetch tells no progress of what is sent
  const bar = line.querySelector("progress")
  bar.hidden = false
  request.upload.addEventListener("progress", ({ loaded, total }) => { bar.value = loaded / total })
  request.addEventListener("loadend", () => {
    bar.hidden = true
    try {
      resolve(JSON.parse(request.responseText))
    } catch {
      resolve({ errors: [area.dataset.failed] })
    }
  })
  request.open("POST", area.dataset.address)
  request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value)
  request.setRequestHeader("Accept", "application/json")
  request.send(data)
})

const showSmall = async (file, canvas) => {
  try {
    const picture = await createImageBitmap(file, { resizeWidth: canvas.width, resizeQuality: "medium" })
    canvas.height = picture.height
    canvas.getContext("2d").drawImage(picture, 0, 0)
  } catch {
    canvas.remove() // a format that browsers do not show
  }
}

if (area) {
  const [list, upload, template, chooser] = ["ul", "button.primary", "template", "input[type=file]"].map((one) => area.querySelector(one))
  const files = new WeakMap()
  const tidy = () => { upload.hidden = !list.children.length }

  const add = (file) => {
    const line = template.content.firstElementChild.cloneNode(true)
    showSmall(file, line.querySelector("canvas"))
    line.querySelector(".upload-name").textContent = file.name
    const remove = line.querySelector(".chip-button")
    remove.setAttribute("aria-label", `${remove.getAttribute("aria-label")}: ${file.name}`)
    remove.addEventListener("click", () => {
      line.remove()
      tidy()
      chooser.focus()
    })
    const before = list.lastElementChild?.querySelector(".upload-credit").value
    if (before) line.querySelector(".upload-credit").value = before
    files.set(line, file)
    list.append(line)
    tidy()
    return line
  }
  const addAll = (found) => {
    const lines = [...found].map(add)
    lines[0]?.querySelector(".upload-alt").focus()
  }
  const store = async (line) => {
    const value = (name) => line.querySelector(name).value
    const answer = await send(line, {
      file: files.get(line), alt: value(".upload-alt"), credit: value(".upload-credit"),
      decorative: line.querySelector(".upload-decorative input").checked,
    })
    if (answer.id) {
      choosePicture(answer)
      line.remove()
    } else {
      line.querySelector(".errorlist").replaceChildren(...answer.errors.map((text) => Object.assign(document.createElement("li"), { textContent: text })))
    }
    return Boolean(answer.id)
  }
  // The first picture that could not be stored, if any.
  const storeAll = async () => {
    upload.disabled = true
    let firstFault = null
    for (const line of [...list.children]) if (!(await store(line))) firstFault ||= line
    upload.disabled = false
    tidy()
    firstFault?.querySelector(".upload-credit").focus()
    return firstFault
  }
  upload.addEventListener("click", async () => { if (!(await storeAll())) chooser.focus() })
  // Before the other listeners to a submission: they take it that the page is being left.
  document.addEventListener("submit", async (event) => {
    const { submitter } = event
    if (event.target !== form || submitter?.formTarget || !list.children.length) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (upload.disabled) return // pictures are on their way
    const fault = await storeAll()
    if (fault) fault.querySelector(".errorlist").append(Object.assign(document.createElement("li"), { textContent: area.dataset.unsaved }))
    else form.requestSubmit(submitter)
  }, true)
  addEventListener("beforeunload", (event) => { if (list.children.length) event.preventDefault() })
  chooser.addEventListener("change", () => {
    addAll(chooser.files)
    chooser.value = ""
  })
  for (const kind of ["input", "change"]) area.addEventListener(kind, (event) => event.stopPropagation()) // no fields of the form
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input[type=text]")) event.preventDefault()
  })
  const hasFiles = (event) => [...event.dataTransfer.types].includes("Files")
  area.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    area.classList.add("over")
  })
  area.addEventListener("dragleave", () => area.classList.remove("over"))
  area.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    area.classList.remove("over")
    addAll([...event.dataTransfer.files].filter((file) => file.type.startsWith("image/")))
  })
  area.hidden = false
}
