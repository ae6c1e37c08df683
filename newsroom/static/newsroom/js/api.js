// The page of the API: shows its OpenAPI document with Swagger UI, to read and to try it.
const place = document.getElementById("api")
window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.schema,
  validatorUrl: null, // a service of others
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
})
