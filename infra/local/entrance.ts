/** Where requests come in on one machine, and which address the pages have: of the demonstration, or of a province in earnest. */
import {
  createServer as createPlainServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { networkOf } from './address-limits.ts';
import { readTls, renewing, type TlsFiles } from './tls.ts';

/** Where a province in earnest is found, and who keeps what is said on the wire from others' eyes. */
export interface Site {
  /** `https://chi-tra.tinh.gov.vn`; links in mails begin with it. */
  readonly publicUrl: string;
  /** Left out, a proxy on this machine speaks TLS, and only this machine is listened to. */
  readonly tls?: TlsFiles;
}

export interface Entrance {
  /** Of the pages, as links in mails name them. */
  readonly url: string;
  /** Where this process reaches itself, past the names, certificates and proxies of the outside. */
  readonly inside: string;
  /** Who asks: the neighbour on the wire, or whom the proxy on this machine names; `undefined` when it names nobody. */
  addressOf(request: IncomingMessage): string | undefined;
  /** Until then everybody is asked to wait. */
  open(listeners: Listeners): void;
  close(): Promise<void>;
}

export interface Listeners {
  readonly outside: RequestListener;
  /** What this process asks itself, where it does so by a door of its own: nobody's tries are counted there. */
  readonly inside: RequestListener;
}

const loopback = '127.0.0.1';
/** Longer than a browser or a proxy keeps a connection, so that it is never closed under a request. */
const keepAliveTimeout = 75_000;
/** A browser sends its request line and headers at once; whoever takes longer holds a connection and no more. */
const limits = { keepAliveTimeout, headersTimeout: 15_000 };
const handshakeTimeout = 10_000;
const mostConnections = 2000;
/** An office of eighty behind one address, each browser with the six connections that it may open. */
const mostConnectionsAnAddress = 500;
const neighbour = ({ socket }: IncomingMessage) => socket.remoteAddress ?? '';

/** Loopback only: the accounts of the demonstration are no secret. Port 0 takes any free one. Throws when the port is taken. */
export async function demonstrationEntrance(port: number): Promise<Entrance> {
  const door = doorTo(createPlainServer(limits));
  const url = `http://localhost:${await door.listen(port, 'localhost')}`;
  return { url, inside: url, addressOf: neighbour, open: ({ outside }) => door.open(outside), close: door.close };
}

/** Throws when the port is taken, or the certificate is not one for this address. */
export async function provinceEntrance(port: number, site: Site, report: (error: unknown) => void): Promise<Entrance> {
  return site.tls === undefined ? behindProxy(port, site) : withTls(port, site.publicUrl, site.tls, report);
}

/** The proxy adds the address of who asks it at the end of what it was told. */
async function behindProxy(port: number, { publicUrl }: Site): Promise<Entrance> {
  const outer = doorTo(createPlainServer(limits), ofAProvince);
  await outer.listen(port, loopback);
  const addressOf = ({ headers }: IncomingMessage) => {
    const last = String(headers['x-forwarded-for']).split(',').at(-1)?.trim() ?? '';
    return isIP(last) === 0 ? undefined : last;
  };
  return { url: publicUrl, addressOf, ...(await withInside(outer)) };
}

async function withTls(
  port: number,
  publicUrl: string,
  files: TlsFiles,
  report: (error: unknown) => void,
): Promise<Entrance> {
  const { hostname } = new URL(publicUrl);
  const server = createTlsServer({ ...limits, handshakeTimeout, ...readTls(files, hostname, new Date()) });
  limitEach(server, mostConnectionsAnAddress);
  const outer = doorTo(server, ofAProvince);
  await outer.listen(port);
  const both = await withInside(outer);
  const renewal = renewing(server, files, hostname, report);
  return {
    url: publicUrl,
    addressOf: neighbour,
    ...both,
    async close() {
      renewal.stop();
      await both.close();
    },
  };
}

/** A second door for this process alone, at a port of chance of this machine. */
async function withInside(outer: Door): Promise<Pick<Entrance, 'inside' | 'open' | 'close'>> {
  const inner = doorTo(createPlainServer(limits));
  return {
    inside: `http://${loopback}:${await inner.listen(0, loopback)}`,
    open({ outside, inside }) {
      outer.open(outside);
      inner.open(inside);
    },
    async close() {
      await Promise.all([outer.close(), inner.close()]);
    },
  };
}

type Door = ReturnType<typeof doorTo>;

/** Connections, from the first byte on: a handshake holds memory too. */
function limitEach(server: TlsServer, most: number): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const network = networkOf(socket.remoteAddress ?? '');
    const now = (open.get(network) ?? 0) + 1;
    if (now > most) {
      socket.destroy();
      return;
    }
    open.set(network, now);
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left === 0) open.delete(network);
      else open.set(network, left);
    });
  });
}

/** On every answer, also of the sign-in and of those who are turned away. */
const ofAProvince = { 'Strict-Transport-Security': 'max-age=31536000', 'X-Content-Type-Options': 'nosniff' };

function doorTo(server: Server | TlsServer, headers: Readonly<Record<string, string>> = {}) {
  server.maxConnections = mostConnections;
  let current: RequestListener = waitALittle;
  server.on(
    'request',
    (request: IncomingMessage, response: ServerResponse<IncomingMessage> & { req: IncomingMessage }) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      current(request, response);
    },
  );
  return {
    open(listener: RequestListener): void {
      current = listener;
    },
    /** Gives the port. Without a host every address of the machine is listened to. */
    async listen(port: number, host?: string): Promise<number> {
      return new Promise((resolve, reject) => {
        server.once('error', (error) =>
          reject(new Error(`Không mở được cổng ${port} (${error.message}). Hãy chọn cổng khác bằng PORT.`)),
        );
        server.listen(port, host, () => {
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      });
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const waitALittle: RequestListener = (_request, response) => {
  response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '5' });
  response.end('Hệ thống đang khởi động. Hãy thử lại sau vài giây.');
};
