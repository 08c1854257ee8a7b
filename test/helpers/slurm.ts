import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

const programs = ["/usr/sbin/slurmctld", "/usr/sbin/slurmd"];

/** A Slurm of one node on the loopback, which a test file starts and ends; it is null where Slurm is not installed, and then said. */
export function realSlurm(): { readonly there: boolean } {
  const there = programs.every((program) => existsSync(program));
  let folder = "";
  const before = process.env.SLURM_CONF;
  if (!there) return { there };
  beforeEach(async function () {
    this.timeout(60_000);
    folder = mkdtempSync(join(tmpdir(), "sononas-slurm-"));
    for (const name of ["state", "spool", "log", "run"]) mkdirSync(join(folder, name));
    process.env.SLURM_CONF = join(folder, "slurm.conf");
    writeFileSync(process.env.SLURM_CONF, configuration(folder));
    // In the background by themselves; -c: without an earlier state.
    for (const program of programs) execFileSync(program, ["-c"], { stdio: "ignore" });
    for (let waited = 0; waited < 30_000; waited += 100) {
      const { stdout } = spawnSync("sinfo", ["--noheader", "--format=%T"], { encoding: "utf8" });
      if (stdout.trim() === "idle") return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(
      `Slurm does not become idle: ${readFileSync(join(folder, "log", "slurmctld.log"), "utf8").slice(-2000)}`,
    );
  });
  afterEach(async () => {
    spawnSync("scancel", ["--state=PENDING", "--full", `--user=${process.env.USER ?? "root"}`]);
    for (const name of ["slurmd", "slurmctld"]) {
      const file = join(folder, "run", `${name}.pid`);
      if (existsSync(file)) process.kill(Number(readFileSync(file, "utf8")), "SIGTERM");
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    if (before === undefined) delete process.env.SLURM_CONF;
    else process.env.SLURM_CONF = before;
    rmSync(folder, { recursive: true, force: true });
  });
  return { there };
}

// Anyone on this machine could submit as anyone: for tests alone. Nothing listens but on the loopback.
function configuration(folder: string): string {
  const host = hostname().split(".")[0]!;
  const user = process.getuid?.() === 0 ? "root" : (process.env.USER ?? "nobody");
  return `ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=36817
SlurmdPort=36818
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SrunPortRange=62001-62031
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/none
CredType=cred/none
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/run/slurmctld.pid
SlurmdPidFile=${folder}/run/slurmd.pid
SlurmctldLogFile=${folder}/log/slurmctld.log
SlurmdLogFile=${folder}/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SwitchType=switch/none
MpiDefault=none
MailProg=/bin/true
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=5,bf_interval=5
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
KillWait=5
NodeName=${host} NodeHostname=${host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=4000 State=UNKNOWN
PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`;
}
