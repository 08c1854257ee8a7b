import { exitCodes } from "../runs/exit-codes";
import type { Unit } from "./unit";

/** What an indexed job needs to know. */
export interface IndexedJob {
  /** Its name: small letters, digits and dashes. */
  readonly name: string;
  /** The folder whose units are done, and the others that a unit reads, as they are mounted. */
  readonly folder: string;
  readonly program: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly memory: string;
  readonly gpus: number;
  /** How many pods at a time. */
  readonly atOnce: number;
}

/**
 * Writes an Indexed Job of Kubernetes (1.29 or newer) for units: a pod each, tried again alone, given up where the configuration is
 * wrong, and replaced only once it has ended. A unit that is too early, saved, or in use ends, and its pod is made again later. Image
 * and volume are to be filled in. It was not tried on a cluster.
 *
 * @param units Those that are to be done.
 */
export function writeIndexedJob(units: readonly Unit[], job: IndexedJob): string {
  const text = (value: string) => JSON.stringify(value);
  const threads = units.reduce((most, unit) => Math.max(most, unit.threads), 1);
  const variables = { ...job.variables, SONONAS_THREADS: String(threads) };
  const again = [exitCodes.saved, exitCodes.inUse, exitCodes.tooEarly].join(", ");
  const limits = [`cpu: ${threads}`, `memory: ${memoryOf(job.memory)}`];
  if (job.gpus > 0) limits.push(`nvidia.com/gpu: ${job.gpus}`);
  const command = `unit=$(sed -n "$((JOB_COMPLETION_INDEX + 1))p" /units/names) && exec "$@" "$unit"`;
  const parameters = ["/bin/sh", "-c", command, "unit", ...job.program, job.folder];
  return `# An example, which was not tried on a cluster: fill in the image and the volume.
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${job.name}
data:
  names: |
${units.map(({ name }) => `    ${name}`).join("\n")}
---
apiVersion: batch/v1
kind: Job
metadata:
  name: ${job.name}
spec:
  completionMode: Indexed
  completions: ${units.length}
  parallelism: ${Math.min(job.atOnce, units.length)}
  backoffLimitPerIndex: 3
  # Two pods of one unit would wait for each other.
  podReplacementPolicy: Failed
  podFailurePolicy:
    rules:
      - action: FailIndex
        onExitCodes: { operator: In, values: [${exitCodes.wrongConfiguration}] }
      - action: Ignore
        onExitCodes: { operator: In, values: [${again}] }
      - action: Ignore
        onPodConditions: [{ type: DisruptionTarget }]
  template:
    spec:
      restartPolicy: Never
      # It saves when it is asked to end.
      terminationGracePeriodSeconds: 120
      automountServiceAccountToken: false
      containers:
        - name: unit
          image: IMAGE-WITH-SONONAS
          command: [${parameters.map(text).join(", ")}]
          env:
${Object.entries(variables)
  .map(([name, value]) => `            - { name: ${name}, value: ${text(value)} }`)
  .join("\n")}
          resources:
            requests: { ${limits.join(", ")} }
            limits: { ${limits.join(", ")} }
          volumeMounts:
            - { name: study, mountPath: ${text(job.folder)} }
            - { name: units, mountPath: /units }
      volumes:
        - name: study
          persistentVolumeClaim: { claimName: CLAIM-OF-THE-SHARED-FOLDER }
        - name: units
          configMap: { name: ${job.name} }
`;
}

// As Slurm writes it, "4G", and as Kubernetes does: "4Gi".
const memoryOf = (memory: string) => (/[KMGT]$/.test(memory) ? `${memory}i` : `${memory}Mi`);
