import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import WebSocket from 'ws'
import { connect } from '../../supabase/local/database/postgres.ts'
import { keyOf, useBox } from './box.ts'

const box = useBox()

/** Sends a word by every way on which a log might repeat it. */
async function sendEverywhere(url: string, secret: string): Promise<void> {
  const key = await keyOf(url)
  const ask = async (at: string, init: RequestInit = {}): Promise<void> => {
    await fetch(`${url}${at}`, { ...init, headers: { apikey: key, ...init.headers } }).then(async answer =>
      answer.text(),
    ).catch(() => '')
  }
  const post = async (at: string, body: unknown, headers: Record<string, string> = {}): Promise<void> =>
    ask(at, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  await post('/rest/v1/rpc/pull', { p_client: secret, p_schema: 1, p_cursors: {} })
  await post('/rest/v1/rpc/sign_in_name', { p_name: secret })
  await post('/rest/v1/rpc/sign_in_name', `{"p_name": "${secret}`)
  await post('/rest/v1/rpc/sign_in_name', { p_name: `\u0000${secret}` })
  await post('/rest/v1/rpc/invitation', { p_token: secret })
  await post('/rest/v1/rpc/reset_password', { p_token: secret, p_password: secret })
  await post('/rest/v1/rpc/request_help', { p_code: secret, p_text: secret, p_contact: secret })
  await post(`/rest/v1/rpc/${secret}`, {})
  await post('/rest/v1/rpc/who_am_i', {}, { authorization: `Bearer ${secret}.${secret}.${secret}` })
  await ask(`/rest/v1/rpc/duty_board?p_code=${secret}&apikey=${secret}`)
  await ask(`/auth/v1/verify?token=${secret}&type=recovery`)
  await ask(`/auth/v1/${secret}`)
  await ask('/auth/v1/user', { headers: { authorization: `Bearer ${secret}` } })
  await post('/auth/v1/signup', { email: `${secret}@login.invalid`, password: secret })
  await post('/auth/v1/signup', { email: secret, password: { secret } })
  await post('/auth/v1/signup', `{"email":"${secret}`)
  await post('/auth/v1/token?grant_type=password', { email: `${secret}@login.invalid`, password: `wrong ${secret}` })
  await post(`/auth/v1/token?grant_type=${secret}`, { refresh_token: secret })
  await post('/auth/v1/token?grant_type=refresh_token', { refresh_token: secret })
  await post('/auth/v1/recover', { email: `${secret}@login.invalid` })
  await post('/functions/v1/deliver', secret, { authorization: `Bearer ${secret}` })
  await post(`/functions/v1/${secret}`, secret)
  await ask(`/b/${secret}`)
  await ask(`/assets/${secret}.js?${secret}`, {
    headers: { 'x-forwarded-for': secret, 'referer': `https://${secret}.example/` },
  })
  const socket = new WebSocket(`${url.replace('http', 'ws')}/realtime/v1/websocket?apikey=${key}&vsn=2.0.0`)
  await new Promise(resolve => socket.once('open', resolve))
  socket.send(secret)
  socket.send(JSON.stringify(['1', '1', `realtime:user:${secret}`, 'phx_join', { access_token: secret }]))
  await new Promise(resolve => socket.once('message', resolve))
  socket.terminate()
}

/** Makes statements with the word fail inside the database, as a defect of ours would. */
async function failInside(databaseUrl: string, secret: string): Promise<void> {
  const db = connect(databaseUrl, { max: 1 })
  const fail = async (text: string, ...parameters: unknown[]): Promise<unknown> =>
    db.query(text, parameters).catch(() => null)
  await fail(`select '${secret}'::int`)
  await fail('select $1::text::uuid', secret)
  await fail(`do $$ begin raise warning '${secret}'; raise exception '${secret}' using detail = '${secret}'; end $$`)
  await fail('insert into app.setting (key, value) values ($1, $2::text::jsonb)', secret, secret)
  await fail(`set statement_timeout = 20`)
  await fail(`select pg_sleep(1), $1::text`, secret)
  await db.close()
}

it('no log repeats anything that anybody sends', async () => {
  const secret = `s3cret${randomBytes(8).toString('hex')}`
  const server = box.start('--no-demo')
  const url = await server.ready
  await sendEverywhere(url, secret)
  await failInside(await box.databaseUrl(), secret)
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  const data = path.join(box.folder, 'data')
  const files = (await readdir(data, { recursive: true })).filter(file =>
    !/^pg\/(?:base|global|pg_wal|pg_xact|pg_multixact|pg_subtrans|pg_stat)/.test(file),
  )
  const said = [...server.out, ...server.err].join('\n')
  expect(said).not.toContain(secret)
  const found: string[] = []
  for (const file of files) {
    const text = await readFile(path.join(data, file), 'latin1').catch(() => '')
    if (text.includes(secret)) found.push(file)
  }
  expect(found).toEqual([])
  const log = await readFile(path.join(data, 'postgres.log'), 'utf8')
  expect(log, 'the log tells what happened to the server').toContain('ready to accept connections')
  expect(server.err, 'errors of callers are not logged').toEqual([])
})
