// The page of the API: shows its OpenAPI document with Swagger UI, to read and to try it.
function nameServers() {
  place.querySelector("#servers")?.setAttribute("aria-label", "Servers")
}

const place = document.getElementById("api")
window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.schema,
  validatorUrl: null, // a service of others
  onComplete: nameServers,
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
})
