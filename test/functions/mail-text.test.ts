import { describe, expect, test } from 'vitest';
import { mailText } from '../../functions/mail-text.ts';

const url = 'https://chi-tra.example/lien-ket/abc?a=1&b="2"';
const hostile = {
  subject: '[Chi trả] <script>alert(1)</script>',
  lines: ['Đợt "A" & <img src=x onerror=alert(1)>', 'Hết ngày 08/10/2025'],
  button: { label: 'Mở <b>đợt</b>', url },
  footer: ["Không bao giờ hỏi mật khẩu'"],
};

describe('the HTML of a mail', () => {
  const { html } = mailText([hostile], 'https://chi-tra.example');

  test('escapes every word', () => {
    expect(html).not.toMatch(/<script|<img|<b>|onerror=alert\(1\)>|href="[^"]*"2"/);
    expect(html).toContain('Đợt &quot;A&quot; &amp; &lt;img src=x onerror=alert(1)&gt;');
    expect(html).toContain('href="https://chi-tra.example/lien-ket/abc?a=1&amp;b=&quot;2&quot;"');
  });

  test('is Vietnamese, has one button, and fetches nothing', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="vi">/);
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).not.toMatch(/<(img|link|script|style|table|iframe|form|input)\b|<[^>]*(url\(|src=)|@import/i);
  });
});

describe('the plain text of a mail', () => {
  test('has the same words and the address as it is', () => {
    const { text, subject } = mailText([hostile], '');
    expect(subject).toBe(hostile.subject);
    for (const words of [...hostile.lines, ...hostile.footer, hostile.button.label, url]) expect(text).toContain(words);
  });
});

describe('several mails as one', () => {
  test('list the first line of each, lead to “Việc của tôi”, and say each footer once', () => {
    const { subject, text, html } = mailText([hostile, { ...hostile, lines: ['Đợt B'] }], 'https://chi-tra.example');
    expect(subject).toBe('[Chi trả] 2 việc đang chờ đồng chí');
    expect(text).toContain('- Đợt "A" & <img src=x onerror=alert(1)>\n- Đợt B');
    expect(html.match(/href="https:\/\/chi-tra.example\/"/g)).toHaveLength(1);
    expect(text + html).not.toMatch(/lien-ket|08\/10/);
    expect(text.split('mật khẩu')).toHaveLength(2);
  });
});
