import { defineConfig } from "vite";

// Hashed files and a manifest: the server looks up each entry by its source path.
export default defineConfig({
  build: {
    outDir: "dist",
    manifest: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: ["src/site.ts", "src/console.ts", "src/phone.ts", "src/styles/main.css"],
    },
  },
});
