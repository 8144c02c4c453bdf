/**
 * A stand-in for the `electron` module: there is no Electron on the machines that test. It throws on everything it does not
 * implement, and where nobody has set a handler it does what Electron does, which is to allow (security.md §5).
 */
import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Reading a property that is not there fails loudly, so that a call the shell begins to make cannot pass unnoticed. */
const strict = <T extends object>(name: string, target: T): T =>
  new Proxy(target, {
    get: (of, property, receiver) => {
      if (typeof property === 'symbol' || property in of || property === 'then' || property === 'toJSON')
        return Reflect.get(of, property, receiver) as unknown;
      throw new Error(`fake electron: ${name}.${property} is not implemented`);
    },
  });

export class FakeEvent {
  defaultPrevented = false;
  readonly url: string;
  constructor(url = '') {
    this.url = url;
  }
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

type PermissionHandler = (contents: FakeWebContents, permission: string, answer: (granted: boolean) => void) => void;
type CheckHandler = (contents: FakeWebContents | null, permission: string, origin: string) => boolean;

type DisplayHandler = (request: object, answer: (streams: object | null) => void) => void;
type BluetoothHandler = (details: object, answer: (response: { confirmed: boolean }) => void) => void;
type Opener = (details: { url: string }) => { action: 'allow' | 'deny' };

export class FakeSession extends EventEmitter {
  private requestHandler: PermissionHandler | null = null;
  private checkHandler: CheckHandler | null = null;
  private deviceHandler: (() => boolean) | null = null;
  private displayHandler: DisplayHandler | null = null;
  private bluetoothHandler: BluetoothHandler | null = null;

  setPermissionRequestHandler(handler: PermissionHandler | null): void {
    this.requestHandler = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.checkHandler = handler;
  }
  setDevicePermissionHandler(handler: (() => boolean) | null): void {
    this.deviceHandler = handler;
  }
  setDisplayMediaRequestHandler(handler: DisplayHandler | null): void {
    this.displayHandler = handler;
  }
  setBluetoothPairingHandler(handler: BluetoothHandler | null): void {
    this.bluetoothHandler = handler;
  }

  /** What a page gets that asks; without a handler, yes. */
  request(contents: FakeWebContents, permission: string): boolean {
    let granted = this.requestHandler === null;
    this.requestHandler?.(contents, permission, (answer) => (granted = answer));
    return granted;
  }
  check(contents: FakeWebContents | null, permission: string, origin: string): boolean {
    return this.checkHandler?.(contents, permission, origin) ?? true;
  }
  device(): boolean {
    return this.deviceHandler?.() ?? true;
  }
  /** True if a screen is given. */
  display(): boolean {
    let given = true;
    this.displayHandler?.({}, (streams) => (given = streams !== null));
    return given;
  }
  bluetooth(): boolean {
    let confirmed = true;
    this.bluetoothHandler?.({}, (response) => (confirmed = response.confirmed));
    return confirmed;
  }
  /** True if the file is saved. */
  download(url: string): boolean {
    const event = new FakeEvent();
    this.emit('will-download', event, { getURL: () => url });
    return !event.defaultPrevented;
  }
}

export class FakeWebContents extends EventEmitter {
  url = '';
  received: { channel: string; message: unknown; ports: FakePort[] }[] = [];
  reloads = 0;
  printed: object[] = [];
  prints = 0;
  pdf: Promise<Buffer> = Promise.resolve(Buffer.from('%PDF-1.7'));
  private opener: Opener | null = null;

  getURL(): string {
    return this.url;
  }
  reload(): void {
    this.reloads += 1;
  }
  print(): void {
    this.prints += 1;
  }
  printToPDF(options: object): Promise<Buffer> {
    this.printed.push(options);
    return this.pdf;
  }
  postMessage(channel: string, message: unknown, ports: FakePort[]): void {
    this.received.push({ channel, message, ports });
  }
  setWindowOpenHandler(handler: Opener | null): void {
    this.opener = handler;
  }
  /** True if `window.open` opens one. */
  opens(url: string): boolean {
    return (this.opener?.({ url }) ?? { action: 'allow' }).action === 'allow';
  }
  /** True if the page gets there. */
  goes(kind: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview', url: string): boolean {
    const event = new FakeEvent(url);
    this.emit(kind, event);
    return !event.defaultPrevented;
  }
}

export class FakePort extends EventEmitter {
  other!: FakePort;
  started = false;
  closed = false;
  start(): void {
    this.started = true;
  }
  postMessage(data: unknown): void {
    this.other.emit('message', { data, ports: [] });
  }
  close(): void {
    this.closed = true;
  }
}

export class FakeUtilityProcess extends EventEmitter {
  readonly said: { message: { type: string } & Record<string, unknown>; ports: FakePort[] }[] = [];
  killed = false;
  readonly script: string;
  readonly options: { execArgv?: string[]; serviceName?: string };
  constructor(script: string, options: { execArgv?: string[]; serviceName?: string }) {
    super();
    this.script = script;
    this.options = options;
  }
  postMessage(message: { type: string }, ports: FakePort[] = []): void {
    if (this.killed) throw new Error('fake electron: message to a process that has ended');
    this.said.push({ message, ports });
  }
  kill(): boolean {
    this.end(0);
    return true;
  }
  /** The process ends, by itself or not. */
  end(code: number): void {
    if (this.killed) return;
    this.killed = true;
    this.emit('exit', code);
  }
  types(): string[] {
    return this.said.map(({ message }) => message.type);
  }
}

export interface FakeOptions {
  isPackaged?: boolean;
  locale?: string;
  hasLock?: boolean;
  /** What the save dialog answers. */
  savePath?: string;
  /** The first three bytes of what the keyring wraps; without, there is no keyring. */
  keyring?: string;
}

/** No cipher, but nothing stands in it as it was. */
const flipped = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));

/** One Electron, as one start of the program sees it. `module` is what `import … from 'electron'` gives. */
export const fakeElectron = (options: FakeOptions = {}) => {
  const log: string[] = [];
  const processes: FakeUtilityProcess[] = [];
  const windows: FakeWindow[] = [];
  const dialogs: { message?: string }[] = [];
  const opened: string[] = [];
  const schemes: object[] = [];
  const handlers = new Map<string, (request: Request) => Promise<Response>>();
  const defaultSession = new FakeSession();
  let isReady = false;
  let menu: unknown = null;
  let becomeReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (becomeReady = resolve));

  const before = (call: string): void => {
    if (isReady) throw new Error(`fake electron: ${call} must come before ready`);
    log.push(call);
  };
  const after = (call: string): void => {
    if (!isReady) throw new Error(`fake electron: ${call} must come after ready`);
    log.push(call);
  };

  class FakeWindow extends EventEmitter {
    static getAllWindows = (): FakeWindow[] => windows;
    static getFocusedWindow = (): FakeWindow | null => null;
    readonly webContents = strict('webContents', new FakeWebContents());
    shown = false;
    focused = false;
    readonly options: { webPreferences?: Record<string, unknown> };
    constructor(given: { webPreferences?: Record<string, unknown> }) {
      super();
      this.options = given;
      after('new BrowserWindow');
      const window = strict('BrowserWindow', this);
      windows.push(window);
      app.emit('web-contents-created', new FakeEvent(), this.webContents);
      return window;
    }
    loadURL(url: string): Promise<void> {
      this.webContents.url = url;
      return Promise.resolve();
    }
    show(): void {
      this.shown = true;
    }
    focus(): void {
      this.focused = true;
    }
    isMinimized(): boolean {
      return false;
    }
    getTitle(): string {
      return '交接清单 A/B';
    }
  }

  const app = Object.assign(new EventEmitter(), {
    name: 'Lanbook',
    isPackaged: options.isPackaged ?? true,
    getLocale: (): string => options.locale ?? 'zh-CN',
    enableSandbox: (): void => before('enableSandbox'),
    setPath: (name: string, path: string): void => {
      if (!existsSync(path)) throw new Error(`fake electron: setPath to a folder that is not there: ${path}`);
      before(`setPath ${name} ${path}`);
    },
    requestSingleInstanceLock: (): boolean => {
      log.push('requestSingleInstanceLock');
      return options.hasLock ?? true;
    },
    whenReady: (): Promise<void> => ready,
    quit: (): void => {
      const event = new FakeEvent();
      app.emit('before-quit', event);
      log.push(event.defaultPrevented ? 'quit held' : 'quit');
    },
  });

  const module = strict('electron', {
    app: strict('app', app),
    BrowserWindow: FakeWindow,
    session: strict('session', { defaultSession: strict('session', defaultSession) }),
    nativeTheme: strict('nativeTheme', { shouldUseDarkColors: false }),
    shell: strict('shell', { openPath: (path: string) => Promise.resolve(String(opened.push(path))) }),
    protocol: strict('protocol', {
      registerSchemesAsPrivileged: (list: object[]): void => {
        before('registerSchemesAsPrivileged');
        schemes.push(...list);
      },
      handle: (scheme: string, handler: (request: Request) => Promise<Response>): void => {
        after(`protocol.handle ${scheme}`);
        handlers.set(scheme, handler);
      },
    }),
    Menu: strict('Menu', {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: (template: unknown): void => void (menu = template),
    }),
    dialog: strict('dialog', {
      showMessageBox: (...args: object[]) => {
        dialogs.push(args.at(-1) as { message?: string });
        return Promise.resolve({ response: 0 });
      },
      showSaveDialog: () =>
        Promise.resolve(
          options.savePath ? { canceled: false, filePath: options.savePath } : { canceled: true, filePath: '' },
        ),
    }),
    safeStorage: strict('safeStorage', {
      isAsyncEncryptionAvailable: () => Promise.resolve(options.keyring !== undefined),
      encryptStringAsync: (text: string) =>
        Promise.resolve(Buffer.concat([Buffer.from(options.keyring ?? ''), flipped(Buffer.from(text))])),
      decryptStringAsync: (wrapped: Buffer) => {
        const result = flipped(wrapped.subarray(3)).toString();
        return /^[A-Za-z0-9+/=]+$/.test(result)
          ? Promise.resolve({ shouldReEncrypt: false, result })
          : Promise.reject(
              new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.'),
            );
      },
    }),
    utilityProcess: strict('utilityProcess', {
      fork: (script: string, _args: string[], forkOptions: object): FakeUtilityProcess => {
        after('utilityProcess.fork');
        const child = strict('utilityProcess', new FakeUtilityProcess(script, forkOptions));
        processes.push(child);
        return child;
      },
    }),
    MessageChannelMain: class {
      readonly port1 = new FakePort();
      readonly port2 = new FakePort();
      constructor() {
        this.port1.other = this.port2;
        this.port2.other = this.port1;
      }
    },
  });

  return {
    module,
    app,
    log,
    processes,
    windows,
    dialogs,
    opened,
    schemes,
    handlers,
    session: defaultSession,
    menu: () => menu,
    /** Electron has started; resolves when everything that waited for it has run. */
    start: async (): Promise<void> => {
      isReady = true;
      becomeReady();
      await settle();
    },
  };
};
export type FakeElectron = ReturnType<typeof fakeElectron>;

/** Lets promise chains of the shell run to their end. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Loads a file of main/ with `electron` replaced, fresh each time. */
export const withElectron = <T>(fake: FakeElectron, load: () => T): T => {
  let loaded: T | undefined;
  jest.isolateModules(() => {
    jest.doMock('electron', () => fake.module);
    loaded = load();
    jest.dontMock('electron');
  });
  return loaded as T;
};

/** Gives the tests of a file a home of their own, where the shell may make its profile. */
export const ownHome = (): void => {
  const names = ['HOME', 'XDG_CONFIG_HOME', 'LOCALAPPDATA'] as const;
  const before = names.map((name) => [name, process.env[name]] as const);
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'lanbook-home-'));
    for (const name of names) process.env[name] = home;
  });
  afterAll(() => {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    rmSync(home, { recursive: true });
  });
};
