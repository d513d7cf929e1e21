// Makes the replica set and Kindred's user once; runs beside mongod (same network namespace), as only that may while
// there is no user yet. Running it again changes nothing.
const password = require("fs").readFileSync("/keys/mongo_root", "utf8").trim();

function signedIn() {
  try {
    const answer = db.getSiblingDB("admin").auth("kindred", password); // named, so that a refusal is caught here
    return answer.ok === 1;
  } catch (error) {
    return false;
  }
}

if (!signedIn()) {
  try {
    rs.initiate({ _id: "kindred", members: [{ _id: 0, host: "mongo:27017" }] });
  } catch (error) {
    if (error.codeName !== "AlreadyInitialized") throw error;
  }
  while (!db.hello().isWritablePrimary) sleep(200);
  db.getSiblingDB("admin").createUser({ user: "kindred", pwd: password, roles: ["root"] });
}
while (!db.hello().isWritablePrimary) sleep(200);
print("The replica set takes writes.");
