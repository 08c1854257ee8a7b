import type { Resources } from "./sbatch-options";

/** What the scripts of a study have in common. */
export interface ScriptPlace {
  /** The name of all jobs of a study, by which they are found in the queue. */
  readonly jobName: string;
  /** The folder whose units are done, by the path under which nodes see it. */
  readonly folder: string;
  /** The folder of the scripts, in it. */
  readonly scripts: string;
  /** The program that does a unit: Node and the file, whose arguments are the folder and the unit. */
  readonly program: readonly string[];
  /** Variables that it needs, by their names. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A chunk of units that wait for the same, and have the same threads: one array of jobs. */
export interface Chunk {
  readonly number: number;
  readonly units: readonly string[];
  readonly threads: number;
}

/** Seconds before its time limit at which a unit is asked to save: Slurm may ask up to a minute earlier. */
const noticeSeconds = (minutes: number) => (minutes < 5 ? 45 : 120);

/** Names the file of a chunk, within the folder of the scripts. */
export const chunkFile = (number: number, ending: "sh" | "txt") => `chunk-${String(number).padStart(5, "0")}.${ending}`;

/** Writes a text so that a shell takes it as one word. */
export const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/**
 * Writes the script of a chunk for sbatch. The job hands signals on to its unit, and ends as the unit does: one that saved before its
 * time limit is put back into the queue; one that failed is tried again twice; one that another process has is waited for.
 *
 * It holds no secret: of the submitter's variables a job gets HOME, PATH and LD_LIBRARY_PATH, and what stands here.
 */
export function writeScript(place: ScriptPlace, { number, threads }: Chunk, resources: Resources): string {
  const { jobName, folder, scripts, program, variables } = place;
  const { minutes, memory, partition, account, gpus, others } = resources;
  const options = [
    ...[`--job-name=${jobName}`, `--comment=${number}`, "--nodes=1", "--ntasks=1", `--cpus-per-task=${threads}`],
    ...[`--mem=${memory}`, `--time=${minutes}`, `--signal=B:USR1@${noticeSeconds(minutes)}`, "--requeue"],
    ...["--open-mode=append", `--output=${scripts}/logs/%x-${number}-%a.log`],
    ...["--export=HOME,PATH,LD_LIBRARY_PATH"],
    ...(partition === null ? [] : [`--partition=${partition}`]),
    ...(account === null ? [] : [`--account=${account}`]),
    ...(gpus === 0 ? [] : [`--gres=gpu:${gpus}`]),
    ...others,
  ];
  // One word a line: a space within would be taken for the next option.
  const lines = options.map((option) => `#SBATCH ${/[\s'"\\#]/.test(option) ? quoteOption(option) : option}`);
  const exported = Object.entries({ ...variables, SONONAS_THREADS: String(threads) });
  return `#!/bin/bash
${lines.join("\n")}

${exported.map(([name, value]) => `export ${name}=${quoted(value)}`).join("\n")}
unit=$(sed -n "\${SLURM_ARRAY_TASK_ID}p" ${quoted(`${scripts}/${chunkFile(number, "txt")}`)})
[ -n "$unit" ] || { echo "There is no unit \${SLURM_ARRAY_TASK_ID} in chunk ${number}: can this node see "${quoted(scripts)}"?" >&2; exit 64; }
job="\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"

stop= child=
forward() { stop=$1; [ -z "$child" ] || kill -"$1" "$child" 2>/dev/null; }
trap 'forward USR1' USR1
trap 'forward TERM' TERM INT

run() {
  ${program.map(quoted).join(" ")} ${quoted(folder)} "$unit" & child=$!
  wait "$child"; code=$?
  # A signal ends the waiting, and not the unit, which saves.
  while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
  child=
}
pause() { sleep "$1" & wait $!; }

failures=0 waits=0
while [ -z "$stop" ]; do
  run
  echo "$(date -u +%FT%TZ) $unit on $(hostname): $code"
  case $code in
    0 | 64 | 87) exit $code ;;
    85) break ;;
    86) waits=$((waits + 1)); [ $waits -le 4 ] || exit 86; pause 40 ;;
    *) failures=$((failures + 1)); [ $failures -lt 3 ] || exit $code; pause 3 ;;
  esac
done
# Its time is nearly up: back into the queue. Whoever cancelled it wants it to end.
if [ "$stop" = USR1 ]; then scontrol requeue "$job" && { pause 60; }; fi
exit 85
`;
}

function quoteOption(option: string): string {
  const [name, ...value] = option.split("=");
  return `${name!}="${value.join("=").replaceAll(/(["\\])/g, String.raw`\$1`)}"`;
}
