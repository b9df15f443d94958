/* Copies the two libraries the pages use, and their licences, to where Django serves them. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const modules = new URL("../node_modules/", import.meta.url);
const vendor = new URL("../src/yueke/portals/static/portals/vendor/", import.meta.url);

const bundles = [
  {
    name: "htmx",
    file: "htmx.js",
    parts: ["htmx.org/dist/htmx.min.js"],
    package: "htmx.org",
    licences: ["htmx.org/LICENSE"],
  },
  {
    name: "FullCalendar (core, day grid, time grid, interaction, Chinese)",
    file: "fullcalendar.js",
    parts: [
      "@fullcalendar/core/index.global.min.js",
      "@fullcalendar/daygrid/index.global.min.js",
      "@fullcalendar/timegrid/index.global.min.js",
      "@fullcalendar/interaction/index.global.min.js",
      "@fullcalendar/core/locales/zh-cn.global.min.js",
    ],
    package: "@fullcalendar/core",
    // Its bundle carries Preact inside.
    licences: ["@fullcalendar/core/LICENSE.md", "preact/LICENSE"],
  },
];

const read = (path) => readFileSync(new URL(path, modules), "utf8").trimEnd();

mkdirSync(vendor, { recursive: true });
const notice = bundles.map((bundle) => {
  writeFileSync(new URL(bundle.file, vendor), bundle.parts.map(read).join("\n;\n") + "\n");
  const { version, license } = JSON.parse(read(`${bundle.package}/package.json`));
  return `${bundle.name} ${version}: ${bundle.file}\nLicence: ${license}\n\n${bundle.licences.map(read).join("\n\n")}\n`;
});
writeFileSync(
  new URL("NOTICE.txt", vendor),
  `Software of others in this folder, unchanged.\n\n${notice.join("\n----\n\n")}`,
);
