// Gets the orders, with Dapr's SDK for Node.js.
const { DaprServer } = require("@dapr/dapr");

const app = new DaprServer({ serverHost: "127.0.0.1", serverPort: process.env.APP_PORT ?? "3000" });

async function main() {
  await app.binding.receive("sample-topic", async (order) => console.log(`got order ${order.orderId}`));
  await app.start();
}

main();
