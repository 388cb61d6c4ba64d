import { describe, expect, it } from 'vitest'
import { phoneOf } from './phone.ts'
import { buildingName, estateName, splitPlace } from './place.ts'
import { cellText, hanNumber, listWords, personName, wordKey, yesNo } from './text.ts'

describe('words of a cell', () => {
  it.each([['\u3000ＡＢＣ　１２３ ', 'ABC 123'], ['\uFEFF王\u200B芳', '王芳'], ['a\n b', 'a b']])(
    '%j → %j',
    (raw, text) => expect(cellText(raw)).toBe(text),
  )
  it.each([['联系电话（手机）*', '联系电话'], ['姓 名：', '姓名'], ['室内/室外', '室内室外'], [
    'Parent_Code',
    'parentcode',
  ]])('header %s → %s', (raw, key) => expect(wordKey(raw)).toBe(key))
  it.each([
    ['王 芳', '王芳'], ['欧阳　娜娜', '欧阳娜娜'], ['阿依古丽•买买提', '阿依古丽·买买提'], ['买买提 ・ 吐尔逊', '买买提·吐尔逊'],
    ['𠮷田𡈼', '𠮷田𡈼'], ['John Smith', 'John Smith'], ['㛃㸚', '㛃㸚'],
  ])('name %s → %s', (raw, name) => expect(personName(raw)).toBe(name))
  it.each([
    ['是', true],
    ['√', true],
    ['Y', true],
    ['否', false],
    ['不愿意', false],
    ['不同意', false],
    ['', undefined],
    ['－', undefined],
  ])('%s means %s', (raw, said) => expect(yesNo(raw)).toBe(said))
  it('splits lists without doubles', () =>
    expect(listWords('送药、搬重物,送药；报修')).toEqual(['送药', '搬重物', '报修']))
  it.each([['六', 6], ['十', 10], ['十二', 12], ['二十', 20], ['二十三', 23], ['两', 2], ['二三', Number.NaN], [
    '',
    Number.NaN,
  ], ['王', Number.NaN]])('%s is %s', (raw, n) => expect(hanNumber(raw)).toBe(n))
})

describe('phones', () => {
  it.each([
    ['19900000001', '19900000001'], ['１９９ ００００ ０００１', '19900000001'], ['199-0000-0001', '19900000001'],
    ['+86 199 0000 0001', '19900000001'], ['008619900000001', '19900000001'],
    ['8619900000001', '19900000001'], ['19900000001.0', '19900000001'], ['\'19900000001', '19900000001'],
    ['1.9900000001E+10', '19900000001'], ['025-00830016 / 19900000001', '19900000001'],
    ['19900000001、19900000002', '19900000001'], ['(025)0083-0016', '02500830016'], ['2500830016', '02500830016'],
    ['83330016', '83330016'], ['199 0000 0001(微信同号)', null],
    ['1.99E+10', null], ['1990000000', null], ['12345', null], ['320106000000000000', null], ['无', null], ['', null],
    ['29900000001', null],
  ])('%s → %s', (raw, phone) => expect(phoneOf(raw)).toBe(phone))
})

describe('places', () => {
  it.each([
    ['6栋', '6栋'],
    ['６幢', '6栋'],
    ['06号楼', '6栋'],
    ['六栋', '6栋'],
    ['十二号楼', '12栋'],
    ['第6栋', '6栋'],
    ['6#', '6栋'],
    ['6', '6栋'],
    ['a座', 'A栋'],
    ['6栋2单元301室', '6栋'],
    ['12 号楼', '12栋'],
    ['北门', null],
    ['', null],
  ])('%s → %s', (raw, building) => expect(buildingName(raw)).toBe(building))
  it('splits estate and building, and leaves the flat out', () => {
    expect(splitPlace('梧桐苑 6 幢 2单元301')).toEqual({ estate: '梧桐苑', building: '6栋' })
    expect(splitPlace('汉口路18号3栋')).toEqual({ estate: '汉口路18号', building: '3栋' })
    expect(estateName(' 宁和 家园 - ')).toBe('宁和家园')
  })
})
