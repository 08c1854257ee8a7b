/**
 * Kills a search again and again, and compares what comes out with that of one that was left alone:
 * `npx tsx test/reliability/kill-search.ts 100`.
 *
 * @module
 */
import { join } from "node:path";

import { traceOf } from "../search/helpers";
import { reportKills, type KilledWork } from "./kill-often";

/** A search of half a second or so. */
export const killedSearch: KilledWork = {
  program: join(__dirname, "search-once.ts"),
  saves: 12,
  duration: 600,
  digest: (folder) => JSON.stringify(traceOf(folder)),
};

if (require.main === module) void reportKills(killedSearch, "search");
