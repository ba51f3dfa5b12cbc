// The reference server of tus, as its authors publish it, behind TLS of ours.
// node reference_server.mjs PACKAGES FOLDER PEM OPTIONS-AS-JSON; says its port, ends with stdin.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import https from "node:https";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [packages, folder, pem, options] = process.argv.slice(2);
const found = createRequire(path.join(packages, "x.js"));
const load = async (name) => import(pathToFileURL(found.resolve(name)));
const { Server } = await load("@tus/server");
const { FileStore } = await load("@tus/file-store");

const { expires, ...more } = JSON.parse(options);
const datastore = new FileStore({ directory: folder, expirationPeriodInMilliseconds: expires ?? 0 });
const tus = new Server({ path: "/files", datastore, ...more });
const paper = readFileSync(pem);
const server = https.createServer({ key: paper, cert: paper }, tus.handle.bind(tus));
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit(0)).resume();
