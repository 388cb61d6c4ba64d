import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'

const ROOT = path.resolve(import.meta.dirname, '../..')

export interface CliAnswer {
  code: number
  out: string
}

/** The npm CLI `supabase` without prompts and telemetry, in a folder that holds only what it reads. */
async function supabase(args: string[], workdir: string): Promise<CliAnswer> {
  const program = createRequire(import.meta.url).resolve('supabase/package.json')
  const env = { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', HOME: workdir, NO_COLOR: '1' }
  const all = [path.join(path.dirname(program), 'dist/supabase.js'), ...args, '--workdir', workdir, '--yes']
  return new Promise((resolve) => {
    execFile(process.execPath, all, { env, timeout: 100_000, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out: `${stdout}\n${stderr}` })
    })
  })
}

async function inCopy<T>(work: (workdir: string) => Promise<T>): Promise<T> {
  const workdir = mkdtempSync(path.join(tmpdir(), 'redwhistle-cli-'))
  try {
    cpSync(path.join(ROOT, 'supabase/migrations'), path.join(workdir, 'supabase/migrations'), { recursive: true })
    cpSync(path.join(ROOT, 'supabase/config.toml'), path.join(workdir, 'supabase/config.toml'))
    return await work(workdir)
  }
  finally {
    rmSync(workdir, { recursive: true, force: true })
  }
}

/** `supabase db push`: applies the migrations the database has not recorded, and records them. Answers its output. */
export async function dbPush(url: string): Promise<CliAnswer> {
  return inCopy(async workdir => supabase(['db', 'push', '--db-url', `${url}?sslmode=disable`], workdir))
}

export interface Advice {
  name: string
  level: string
  detail: string
}

/** `supabase db advisors`: warnings and errors of Supabase's own security and performance lints. */
export async function dbAdvisors(url: string): Promise<Advice[]> {
  const args = ['db', 'advisors', '--db-url', `${url}?sslmode=disable`, '--level', 'warn', '--output', 'json']
  const { out } = await inCopy(async workdir => supabase(args, workdir))
  const from = out.indexOf('[')
  if (from === -1) throw new Error(`no list of advice: ${out}`)
  return JSON.parse(out.slice(from, out.lastIndexOf(']') + 1)) as Advice[]
}
