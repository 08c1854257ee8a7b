import { Problem } from "../runtime/problem";

/** A failure of the system in words. */
export interface Failure {
  /** The system's code, "ENOSPC"; undefined where it gave none. */
  readonly code: string | undefined;
  /** Why it failed, as the end of a sentence: "the disk is full". */
  readonly reason: string;
  readonly fix: string;
}

const disk: Readonly<Record<string, readonly [reason: string, fix: string]>> = {
  EACCES: ["access is not allowed", "Give yourself access to it, or choose another folder."],
  EBUSY: ["another program is using it", "Close the program that uses it, and run again."],
  EDQUOT: ["your share of the disk is used up", "Delete what is no longer needed, and run again."],
  EEXIST: ["there is already something of that name", "Move it away, or choose another name."],
  EFBIG: ["the disk takes no file as large", "Choose a folder on another disk."],
  EIO: ["the disk reports a fault", "Run again; if it stays, have the disk looked at."],
  EISDIR: ["it is a folder, not a file", "Choose another name."],
  ELOOP: ["its links lead in a circle", "Replace the link by the file."],
  EMFILE: ["too many files are open", "Close other programs, and run again."],
  ENAMETOOLONG: ["its name is too long", "Choose a shorter name or another folder."],
  ENFILE: ["too many files are open on this machine", "Close other programs, and run again."],
  ENOENT: ["there is no such file or folder", "Look whether the name is right, or put the file there again."],
  ENOSPC: ["the disk is full", "Free some space, and run again."],
  ENOTDIR: ["a part of its path is a file, not a folder", "Look whether the name is right."],
  ENOTEMPTY: ["the folder is not empty", "Move its files away, or choose another folder."],
  EPERM: ["the system does not permit it", "Give yourself access to it, or choose another folder."],
  EROFS: ["the disk can only be read", "Choose a folder on another disk."],
  ESTALE: ["the network disk has lost it", "Connect the disk again, and run again."],
  EXDEV: ["it would go to another disk", "Choose a folder on the same disk."],
};

const network: Readonly<Record<string, string>> = {
  EAI_AGAIN: "the server's name cannot be looked up",
  ECONNABORTED: "the connection was cut",
  ECONNREFUSED: "the server refuses connections",
  ECONNRESET: "the connection was cut",
  EHOSTUNREACH: "the server cannot be reached",
  ENETUNREACH: "there is no network",
  ENOTFOUND: "the server's name is not known",
  EPIPE: "the connection was cut",
  EPROTO: "the server speaks another protocol",
  ETIMEDOUT: "the server does not answer",
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is not trusted",
  ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is another server's",
  SELF_SIGNED_CERT_IN_CHAIN: "the server's certificate is not trusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the server's certificate is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the server's certificate is not trusted",
  UND_ERR_BODY_TIMEOUT: "the server sends nothing more",
  UND_ERR_CONNECT_TIMEOUT: "the server does not answer",
  UND_ERR_HEADERS_TIMEOUT: "the server does not answer",
  UND_ERR_SOCKET: "the connection was cut",
};

/**
 * Turns what Node throws of a disk or a network into words.
 *
 * @param error What was thrown. A cause inside of it, as `fetch` has, is looked at too.
 * @returns The reason and what to do. A code that is not known here is named by the error's own message.
 */
export function explainFailure(error: unknown): Failure {
  const chain = causesOf(error);
  for (const { code } of chain) {
    if (code === undefined) continue;
    const known = Object.hasOwn(disk, code) ? disk[code] : undefined;
    if (known !== undefined) return { code, reason: known[0], fix: known[1] };
    const reason = Object.hasOwn(network, code) ? network[code] : undefined;
    if (reason !== undefined) return { code, reason, fix: "Look whether this machine is online, and run again." };
  }
  const last = chain.at(-1);
  const reason = last?.message.replace(/[.\s]+$/, "") ?? "";
  return {
    code: last?.code,
    reason: reason === "" ? "no reason was given" : reason,
    fix: "Run again; if it stays, look at what the message names.",
  };
}

/**
 * Makes the error of a file that cannot be read or written.
 *
 * @param done What cannot be done with it: "read", "written".
 * @param error What was thrown; a {@link Problem} is given back as it is.
 */
export function fileProblem(path: string, done: string, error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { reason, fix } = explainFailure(error);
  return new Problem(`${path} cannot be ${done}: ${reason}.`, fix);
}

interface Cause {
  readonly code: string | undefined;
  readonly message: string;
}

// From the error inwards; the depth is limited, for a cause may lead back to itself.
function causesOf(error: unknown): Cause[] {
  const causes: Cause[] = [];
  for (let at = error; at !== undefined && at !== null && causes.length < 8;) {
    const { code, message, cause, errors } = at as {
      code?: unknown;
      message?: unknown;
      cause?: unknown;
      errors?: unknown;
    };
    causes.push({
      code: typeof code === "string" ? code : undefined,
      message: typeof message === "string" ? message : typeof at === "string" ? at : "",
    });
    at = cause ?? (Array.isArray(errors) ? (errors[0] as unknown) : undefined);
  }
  return causes;
}
