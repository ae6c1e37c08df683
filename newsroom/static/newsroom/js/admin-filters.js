// The filters of a list. On a phone they are closed until somebody opens one; Django remembers which (filters.js, which
// comes after this script). It would also remember those that are open in the page as it comes, since browsers send
// `toggle` for them, too: only what somebody has clicked is told to it.
const clicked = new WeakSet()
document.addEventListener("click", (event) => {
  const summary = event.target.closest("summary")
  if (summary) clicked.add(summary.parentElement)
})
document.addEventListener("toggle", (event) => clicked.has(event.target) || event.stopPropagation(), true)

const remembered = JSON.parse(sessionStorage.getItem("django.admin.filtersState")) || {}
for (const filter of document.querySelectorAll("#changelist-filter details:not(:has(li.selected:not(:first-child)))")) {
  if (!(filter.dataset.filterTitle in remembered)) filter.open = !matchMedia("(max-width: 767px)").matches
}
