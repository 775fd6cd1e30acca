import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the web client to `dist/client`, which the server hands out; nothing inline, so that a strict CSP holds. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
});
