import { describe, expect, it } from 'vitest'
import { pushContact, wantsContact } from './contact.ts'

const contact = (VAPID_SUBJECT?: string, APP_URL?: string): string | null =>
  pushContact(name => ({ VAPID_SUBJECT, APP_URL })[name])

describe('the address a push service may write to', () => {
  it.each([
    ['mailto:it@duty.example.com', undefined, 'mailto:it@duty.example.com'],
    [' it@jd.gov.cn ', undefined, 'mailto:it@jd.gov.cn'],
    ['https://duty.jd.gov.cn/contact?x=1', undefined, 'https://duty.jd.gov.cn'],
    [undefined, 'https://duty.jd.gov.cn/', 'https://duty.jd.gov.cn'],
    ['', 'https://duty.jd.gov.cn:8443', 'https://duty.jd.gov.cn:8443'],
    ['mailto:admin@localhost', 'https://duty.jd.gov.cn', 'https://duty.jd.gov.cn'],
    ['https://xn--fiqs8s.xn--55qx5d.cn', undefined, 'https://xn--fiqs8s.xn--55qx5d.cn'],
  ])('%j and %j: %j', (subject, app, expected) => expect(contact(subject, app)).toBe(expected))

  it.each([
    [undefined, undefined],
    ['mailto:admin@localhost', 'http://localhost:8787'],
    ['mailto:', 'http://duty.jd.gov.cn'],
    ['mailto: it@jd.gov.cn', undefined],
    ['<it@jd.gov.cn>', undefined],
    ['https://localhost', 'https://127.0.0.1'],
    ['https://192.168.1.7', 'https://duty.local'],
    ['https://[::1]', 'https://nas.lan:8443'],
    ['红哨', 'not an address'],
  ])('%j and %j: nobody', (subject, app) => expect(contact(subject, app)).toBeNull())

  it('is asked for by Apple alone', () => {
    expect(wantsContact('https://web.push.apple.com/x')).toBe(true)
    expect(wantsContact('https://fcm.googleapis.com/fcm/send/web.push.apple.com')).toBe(false)
  })
})
