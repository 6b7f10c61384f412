/** The pages of signing in, outside the application's frame: password, one-time code, enrolment, invitation. */
import type { ServerResponse } from 'node:http';
import { html, raw } from 'hono/html';
import { enrolmentPicture, inGroups } from './second-factor.ts';

export type Html = ReturnType<typeof html>;

export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  // No form-action: Chromium applies it to the redirects after the form too.
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

export async function write(
  response: ServerResponse,
  status: number,
  { title, content }: Shown,
  problem?: string,
): Promise<void> {
  const text = (await page(problem, { title, content })).toString();
  response.writeHead(status, pageHeaders);
  response.end(text);
}

export interface Shown {
  readonly title: readonly [vi: string, en: string];
  readonly content: Html;
}

const signIn = ['Đăng nhập', 'Sign in'] as const;

export function loginForm(email: string): Shown {
  return {
    title: signIn,
    content: html`<form method="post">
<p class="field"><label for="email">Thư điện tử <span class="hint" lang="en">E-mail</span></label><input id="email" name="email" type="email" autocomplete="username" required value="${email}"></p>
<p class="field"><label for="password">Mật khẩu <span class="hint" lang="en">Password</span></label><input id="password" name="password" type="password" autocomplete="current-password" required></p>
<p><button class="primary" type="submit">Đăng nhập</button></p>
</form>`,
  };
}

const codeField = html`<p class="field"><label for="code">Mã 6 chữ số <span class="hint" lang="en">Six-digit code</span></label><input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]*" maxlength="8" required autofocus></p>`;

const otherAccount = html`<form method="post">
<input type="hidden" name="again" value="1">
<p><button class="link" type="submit">Dùng tài khoản khác</button></p>
</form>`;

/** What a demonstration account may show: its code, or that the last one must pass first. */
export type CodeHint = { readonly code: string | undefined } | undefined;

export function codeForm(email: string, hint: CodeHint): Shown {
  return {
    title: ['Mã xác thực', 'One-time code'],
    content: html`<p>Mật khẩu của <strong>${email}</strong> đã đúng. Hãy mở ứng dụng xác thực trên điện thoại và nhập mã của “Chi trả”.</p>
${hint === undefined ? '' : hintBox(hint.code)}
<form method="post">
${codeField}
<p><button class="primary" type="submit">Tiếp tục</button></p>
</form>
<p class="hint">Mất điện thoại hoặc ứng dụng? Hãy nhờ quản trị hệ thống đặt lại mã xác thực.</p>
${otherAccount}`,
  };
}

function hintBox(code: string | undefined): Html {
  return code === undefined
    ? html`<p class="note">Bản trình diễn: mã vừa dùng chưa đổi. Hãy đợi nửa phút rồi tải lại trang này.</p>`
    : html`<p class="note">Bản trình diễn, không cần điện thoại: mã đang dùng được là <code id="demo-code">${code}</code>.</p>`;
}

export function enrolmentForm(email: string, secret: string): Shown {
  return {
    title: ['Đăng ký mã xác thực', 'Enrol one-time codes'],
    content: html`<p>Vai trò của đồng chí cần thêm mã dùng một lần, ngoài mật khẩu. Chỉ làm một lần trên mỗi điện thoại.</p>
<ol>
<li>Cài một ứng dụng xác thực (TOTP) trên điện thoại.</li>
<li>Quét hình dưới đây bằng ứng dụng, hoặc nhập khóa bằng tay.</li>
<li>Nhập mã 6 chữ số mà ứng dụng hiện.</li>
</ol>
<div class="qr" role="img" aria-label="Mã QR của khóa">${raw(enrolmentPicture(secret, email))}</div>
<p>Khóa nhập tay: <code id="secret">${inGroups(secret)}</code></p>
<form method="post">
${codeField}
<p><button class="primary" type="submit">Đăng ký và đăng nhập</button></p>
</form>
<p class="hint">Không đưa hình hoặc khóa này cho ai, kể cả người hỗ trợ.</p>
${otherAccount}`,
  };
}

export function invitationForm(email: string): Shown {
  return {
    title: ['Đặt mật khẩu', 'Set a password'],
    content: html`<p>Tài khoản <strong>${email}</strong>. Mật khẩu có ít nhất 12 ký tự, không chứa tên trong địa chỉ thư.</p>
<form method="post">
<input type="hidden" name="username" autocomplete="username" value="${email}">
<p class="field"><label for="password">Mật khẩu mới <span class="hint" lang="en">New password</span></label><input id="password" name="password" type="password" autocomplete="new-password" minlength="12" maxlength="200" required></p>
<p class="field"><label for="repeated">Nhập lại mật khẩu <span class="hint" lang="en">Once more</span></label><input id="repeated" name="repeated" type="password" autocomplete="new-password" maxlength="200" required></p>
<p><button class="primary" type="submit">Đặt mật khẩu</button></p>
</form>`,
  };
}

export const passwordSet: Shown = {
  title: ['Đặt mật khẩu', 'Set a password'],
  content: html`<p class="note" role="status">Đã đặt mật khẩu. Liên kết này không dùng được nữa.</p><p><a href="/">Đăng nhập</a></p>`,
};

export const startAgain: Shown = { title: signIn, content: html`<p><a href="/">Mở trang chủ</a></p>` };

export function page(problem: string | undefined, { title: [vi, en], content }: Shown): Html {
  return html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${vi} – Chi trả</title>
<link rel="stylesheet" href="/style.css"><link rel="icon" href="/icon.svg" type="image/svg+xml">
</head>
<body>
<main class="sign-in">
<p class="brand">Chi trả<span>Chế độ khi sắp xếp, tinh giản – tỉnh Nghệ An</span></p>
<h1>${vi} <span class="hint" lang="en">${en}</span></h1>
${problem === undefined ? '' : html`<div class="problem" role="alert"><p>${problem}</p></div>`}
${content}
<p class="hint">Hệ thống không bao giờ hỏi mật khẩu, mã xác thực hay số tài khoản qua thư hoặc điện thoại.</p>
</main>
</body>
</html>`;
}
