// Keeps the unsaved text of an open form: on the server every few seconds, in this browser while there is no network.
// Says since when nothing could be kept, and who else has the form open.
const state = document.getElementById("unsaved-state")
if (state) {
  const form = state.closest("form")
  const { address, logIn, row, user, zone, city } = state.dataset
  // On "Back" a browser would fill in what was typed, without the rows and choices that scripts had added.
  form.autocomplete = "off"
  const EVERY = 4000
  const BEAT = 25000
  const KEEPALIVE = 60000 // browsers refuse larger requests of a page that is being left
  const WEEKS = 4 * 7 * 24 * 3600 * 1000
  const keyField = form.elements._scratch
  const knownField = form.elements._scratch_known
  const prefix = `unsaved:${user}:${address}:${row}:`
  let isTouched = state.dataset.isBound !== undefined // a refused form holds what was typed
  let kept = isTouched ? "" : undefined
  // Whether a copy of this form may be under way, also from a former page with the same key.
  let mayBeSent = isTouched || knownField.value !== "" || performance.getEntriesByType("navigation")[0]?.type !== "navigate"
  let keptAt = new Date()
  let beatAt = 0
  let sending = null
  let isLeaving = false
  let isLoggedOut = false
  let field = null // where the person was before they followed a link of the state
  form.addEventListener("focusin", ({ target }) => { if (!state.contains(target)) field = target })

  const text = () =>
    JSON.stringify(
      [...new FormData(form)].filter(
        ([name, value]) => typeof value === "string" && !/^(_scratch|csrfmiddlewaretoken)|password/.test(name),
      ),
    )

  // Nothing is kept of a form in which nobody has done anything.
  const touch = () => {
    if (isTouched) return
    kept = text()
    isTouched = true
  }
  for (const name of ["pointerdown", "keydown", "paste", "drop"]) document.addEventListener(name, touch, true)
  addEventListener("load", () => { if (!isTouched) kept = text() })
  form.addEventListener("input", () => { isTouched = true })

  const bar = document.querySelector(".article-bar .article-name") // stays in sight
  if (bar) bar.prepend(state)
  else form.querySelector(".save-bar, .submit-row")?.prepend(state)

  // In the zone of all other times of the desk, which is not always that of the browser.
  const clock = (at) => `${new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at)} (${city})`
  const say = (sentence, { details = "", link = false, isBad = true } = {}) => {
    const words = [sentence.replace("{time}", clock(keptAt)), details].filter(Boolean).join(" ")
    if (state.firstChild?.nodeValue === words) return
    if (state.contains(document.activeElement)) field?.focus()
    state.replaceChildren(words)
    state.classList.toggle("is-bad", isBad)
    state.hidden = false
    if (!link) return
    const anchor = document.createElement("a")
    Object.assign(anchor, { href: logIn, target: "_blank", rel: "opener", textContent: state.dataset.logInHere })
    state.append(" ", anchor)
  }

  const local = {
    put(data) {
      try {
        localStorage.setItem(prefix + keyField.value, JSON.stringify({ data, at: Date.now() }))
      } catch { /* full, or switched off */ }
    },
    drop(key = keyField.value) {
      try {
        localStorage.removeItem(prefix + key)
      } catch { /* switched off */ }
    },
    entries() {
      try {
        return Object.entries(localStorage).filter(([name]) => name.startsWith(prefix))
      } catch {
        return []
      }
    },
  }

  const post = (fields, options = {}) => {
    const body = new FormData()
    for (const [name, value] of Object.entries({ row, user, key: keyField.value, known: knownField.value, ...fields })) body.append(name, value)
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }
    return fetch(address, { method: "POST", body, headers, redirect: "manual", ...options })
  }

  // After a log-in in another window: the new token for every form of this page. False if nobody is logged in.
  const renewToken = async () => {
    const response = await fetch(address, { redirect: "manual" })
    if (!response.ok) return false
    const found = await response.json()
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = found.token
    return String(found.user) === user
  }

  const tellOthers = (sentences) => {
    const list = document.getElementById("also-open")
    if (!list || !sentences) return
    const shown = [...list.children].map((item) => item.textContent)
    if (shown.join("\n") === sentences.join("\n")) return
    list.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })))
    list.hidden = !sentences.length
  }

  const accepted = async (response, data) => {
    const answer = await response.json()
    if (answer.key) { // saved, thrown away or taken over in another window
      local.drop()
      keyField.value = answer.key
      knownField.value = ""
      return
    }
    tellOthers(answer.others)
    if (data === undefined) return
    kept = data
    keptAt = new Date()
    knownField.value = "1"
    local.drop()
    say(state.dataset.saved, { isBad: false })
  }

  const send = async (data, hasNewToken = false) => {
    if (isLoggedOut && !(await renewToken())) return
    isLoggedOut = false
    const { signal } = (sending = new AbortController())
    const response = await post(data === undefined ? {} : { data, typed_at: Date.now() }, { signal })
    if (response.ok) return accepted(response, data)
    if (response.type === "opaqueredirect" || response.status === 403) {
      if (!hasNewToken && (await renewToken())) return send(data, true)
      isLoggedOut = true
      return say(state.dataset.loggedOut, { link: true })
    }
    const { told = "" } = await response.json().catch(() => ({}))
    if (data !== undefined || response.status === 409) say(state.dataset.refused, { details: told || response.statusText || String(response.status), link: response.status === 409 })
  }

  const tick = async () => {
    if (sending || isLeaving) return
    const now = text()
    const data = isTouched && kept !== undefined && now !== kept ? now : undefined
    if (data === undefined && (row === "0" || Date.now() - beatAt < BEAT)) return
    beatAt = Date.now()
    try {
      if (data !== undefined) {
        mayBeSent = true
        local.put(data) // until the server has it
      }
      await send(data)
    } catch (error) {
      if (data !== undefined && error.name !== "AbortError") say(state.dataset.offline)
    }
    sending = null
  }

  const handedOver = async (key, data, typed_at) => {
    const response = await post({ key, known: "", data, typed_at, closed: "1" })
    if (!response.ok) return false
    const answer = await response.json()
    return answer.key ? handedOver(answer.key, data, typed_at) : true // its window was saved or taken over meanwhile
  }

  // The page is not loaded anew for them: that would take from the person what they have begun meanwhile.
  const showOffers = async () => {
    const page = await (await fetch(location.href)).text()
    const [html] = page.match(/<section class="unsaved-offers"[^]*?<\/section>/) ?? [] // the rest has styles that the CSP refuses
    if (!html || isTouched) return
    const offers = new DOMParser().parseFromString(html, "text/html").body.firstElementChild
    const shown = document.querySelector(".unsaved-offers")
    if (shown) shown.replaceWith(offers)
    else document.getElementById("content-main").prepend(offers)
  }

  // What was kept in this browser goes to the server, which then offers to restore it.
  const handIn = async () => {
    let handedIn = 0
    for (const [name, stored] of local.entries()) {
      const key = name.slice(prefix.length)
      const { data, at } = JSON.parse(stored)
      if (key === keyField.value) continue
      if (Date.now() - at > WEEKS) local.drop(key)
      else if (await handedOver(key, data, at)) {
        local.drop(key)
        handedIn += 1
      }
    }
    if (handedIn && !isTouched) await showOffers()
  }

  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget) return // a preview opens beside the form, which stays
    isLeaving = true
    form.elements._scratch_sent.value = mayBeSent ? Date.now() : "" // what was typed before it and arrives later is no longer unsaved
    sending?.abort()
    setTimeout(() => { isLeaving = false }, 15000) // if the server does not answer, the page stays
  })
  addEventListener("pagehide", () => {
    if (isLeaving) return
    const now = text()
    const data = isTouched && kept !== undefined && now !== kept ? now : ""
    if (data) {
      mayBeSent = true // this page may be shown again
      local.put(data)
    }
    if (data.length < KEEPALIVE) post({ closed: "1", data, typed_at: Date.now() }, { keepalive: true }).catch(() => {})
  })
  document.addEventListener("visibilitychange", tick)
  addEventListener("focus", tick)
  addEventListener("online", tick)
  setInterval(tick, EVERY)
  addEventListener("load", () => setTimeout(() => handIn().catch(() => {}).then(tick)))
}
