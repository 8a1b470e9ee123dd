// An app that prints each record it gets and acknowledges it. Needs nothing but Node.js: node app.js
require("http").createServer(async (request, response) => {
  for await (const value of request) console.log(request.url, value.toString());
  response.writeHead(204).end();
}).listen(3000, "127.0.0.1");
