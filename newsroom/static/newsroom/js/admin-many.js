// Many files for the library: sent one after the other, each with its progress. Without this script the form sends all
// of them at once.
const form = document.querySelector("form.many")
const list = form.querySelector(".sending")
const chooser = form.querySelector("input[type=file]")
const button = form.querySelector("input[type=submit]")

const line = (file) => {
  const item = document.createElement("li")
  const name = Object.assign(document.createElement("bdi"), { textContent: file.name })
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 })
  bar.setAttribute("aria-label", `${form.dataset.sending}: ${file.name}`)
  const told = document.createElement("div")
  told.setAttribute("role", "status")
  item.append(name, " ", bar, told)
  list.append(item)
  return { bar, told }
}

const send = (file, bar) => new Promise((resolve) => {
  const data = new FormData(form)
  data.set("files", file)
  const request = new XMLHttpRequest() // fetch tells no progress of what is sent
  request.upload.addEventListener("progress", ({ loaded, total }) => { bar.value = loaded / total })
  request.addEventListener("loadend", () => {
    try {
      const { files, errors } = JSON.parse(request.responseText)
      resolve(files[0] || { errors })
    } catch {
      resolve({ errors: [form.dataset.failed] })
    }
  })
  request.open("POST", form.action)
  request.setRequestHeader("Accept", "application/json")
  request.send(data)
})

const tell = (told, { address, text, errors }) => {
  if (address) {
    told.replaceChildren(Object.assign(document.createElement("a"), { href: address, textContent: text, target: "_blank" }))
    return
  }
  const sentences = errors.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence }))
  const faults = Object.assign(document.createElement("ul"), { className: "errorlist" })
  faults.append(...sentences)
  told.replaceChildren(faults)
}

form.addEventListener("submit", async (event) => {
  event.preventDefault()
  document.querySelector(".many-report")?.remove()
  button.disabled = true
  list.hidden = false
  list.replaceChildren()
  const waiting = [...chooser.files].map((file) => [file, line(file)])
  for (const [file, { bar, told }] of waiting) {
    const answer = await send(file, bar)
    bar.remove()
    tell(told, answer)
  }
  chooser.value = ""
  button.disabled = false
})
