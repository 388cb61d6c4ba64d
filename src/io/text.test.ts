import { describe, expect, it } from 'vitest'
import { readLine, readMobile } from './phone.ts'
import { estateName, readPlace } from './place.ts'
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
    ['有', true],
    ['1', true],
    ['0', false],
    ['×', false],
    ['看情况', null],
    ['不详', null],
  ])('%s means %s', (raw, said) => expect(yesNo(raw)).toBe(said))
  it('splits lists without doubles', () =>
    expect(listWords('送药、搬重物,送药；报修')).toEqual(['送药', '搬重物', '报修']))
  it.each([['六', 6], ['十', 10], ['十二', 12], ['二十', 20], ['二十三', 23], ['两', 2], ['一百零一', 101],
    ['三百二十', 320], ['一百三', Number.NaN], ['二三', Number.NaN], [
      '',
      Number.NaN,
    ], ['王', Number.NaN]])('%s is %s', (raw, n) => expect(hanNumber(raw)).toBe(n))
})

describe('phones', () => {
  it.each([
    ['19900000001', '19900000001'], ['１９９ ００００ ０００１', '19900000001'], ['199-0000-0001', '19900000001'],
    ['+86 199 0000 0001', '19900000001'], ['008619900000001', '19900000001'], ['(+86)19900000001', '19900000001'],
    ['8619900000001', '19900000001'], ['19900000001.0', '19900000001'], ['\'19900000001', '19900000001'],
    ['1.9900000001E+10', '19900000001'], ['025-00830016 / 19900000001', '19900000001'],
    ['19900000001、19900000002', '19900000001'], ['199 0000 0001(微信同号)', '19900000001'],
    ['手机：19900000001', '19900000001'], ['019900000001', '19900000001'],
    ['19900000001 19900000002', '19900000001'], ['1.99E+10', null], ['1990000000', null], ['1990000000 1', null],
    ['199000000015', null], ['12345', null], ['320106199000000001', null], ['无', null], ['', null],
    ['29900000001', null],
  ])('mobile %s → %s', (raw, phone) => expect(readMobile(raw)?.number ?? null).toBe(phone))
  it.each([
    ['(025)0083-0016', '02500830016'], ['2500830016', '02500830016'], ['83330016', '83330016'], ['12345', '12345'],
    ['025-84701234-802', '02584701234,802'], ['84701234转12', '84701234,12'], ['400-828-1234', '4008281234'],
    ['025-12345', '02512345'], ['0086-25-84701234', '02584701234'], ['84701234（24小时）', '84701234'],
    ['19900000001', '19900000001'], ['一二三', null], ['8470', null],
  ])('duty line %s → %s', (raw, line) => expect(readLine(raw)?.number ?? null).toBe(line))
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
    ['一百零一栋', '101栋'],
    ['1-3栋', '1栋 2栋 3栋'],
    ['1栋至3栋', '1栋 2栋 3栋'],
    ['A-C座', 'A栋 B栋 C栋'],
    ['4、5栋', '4栋 5栋'],
    ['4栋和6栋', '4栋 6栋'],
    ['1-2、5栋', '1栋 2栋 5栋'],
    ['4、5', '4栋 5栋'],
    ['梧桐苑6-1-402', '6栋'],
    ['2026-06-01', '6栋'],
    ['4#、5#', '4栋 5栋'],
    ['梧桐苑4号、5号', '4栋 5栋'],
    ['4#-6#', '4栋 5栋 6栋'],
    ['汉口路18号、20号', 'bad_building'],
    ['6-1栋', 'bad_range'],
    ['1-3-5栋', 'bad_range'],
    ['3栋乙', '3栋乙'],
    ['3栋乙、丙', 'bad_building'],
    ['一百三栋', 'bad_building'],
    ['2栋3栋之间', 'bad_building'],
    ['汉口路18号', 'bad_building'],
    ['北门', 'bad_building'],
    ['', ''],
  ])('%s → %s', (raw, said) => {
    const { buildings, problem } = readPlace(raw)
    expect(problem ?? buildings.join(' ')).toBe(said)
  })
  it.each([
    ['梧桐苑 6 幢 2单元301', '梧桐苑'], ['汉口路18号3栋', '汉口路18号'], ['北京西路2号院3号楼', '北京西路2号院'],
    ['南京市鼓楼区梧桐苑6栋', '梧桐苑'], ['宁海路街道颐和路社区梧桐苑6栋', '梧桐苑'], ['东区花园3栋', '东区花园'],
  ])('the estate of %s is %s', (raw, estate) => expect(readPlace(raw).estate).toBe(estate))
  it('takes blanks and trailing marks from an estate', () => expect(estateName(' 宁和 家园 - ')).toBe('宁和家园'))
})
