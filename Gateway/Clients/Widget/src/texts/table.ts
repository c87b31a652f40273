import { en } from './en';
import { de } from './de';
import { nl } from './nl';
import { no } from './no';
import { da } from './da';
import { sv } from './sv';
import { fi } from './fi';
import { fr } from './fr';
import { it } from './it';
import { es } from './es';
import { pt } from './pt';
import { pl } from './pl';
import { cs } from './cs';
import { tr } from './tr';
import { el } from './el';
import { ru } from './ru';
import { uk } from './uk';
import { ar } from './ar';
import { he } from './he';
import { hi } from './hi';
import { ja } from './ja';
import { ko } from './ko';
import { zh } from './zh';
import type { Texts } from './en';

/** All languages, related ones side by side: they are packed and compressed together (build.mjs). */
export const table = { en, de, nl, no, da, sv, fi, fr, it, es, pt, pl, cs, tr, el, ru, uk, ar, he, hi, ja, ko, zh } satisfies Record<string, Texts>;
