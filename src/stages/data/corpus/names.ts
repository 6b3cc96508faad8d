import { words } from "./words";

/** Names of people and places. The order of a list is the rank of its names in fresh text. */

export const girls = words(`Anna Mia Lucy Ella Nora Ivy Ruth Clara Maya Rosa Tess June Amina Vera Lena Yuki
  Olga Leila Ines Mei`);

export const boys = words(`Tom Ben Sam Max Leo Jack Otto Hugo Finn Carl Omar Theo Ivan Paul Kofi Dean Ravi
  Luca Emil Diego`);

export const firstNames: readonly string[] = girls.flatMap((girl, rank) => [girl, boys[rank] ?? girl]);

export const surnames = words(`Hale Brandt Okoro Marsh Tanaka Novak Quill Stone Pereira Aziz Moreau Varga
  Thorne Kowal Silva Petrov Grey Larkin Odell Frost Mbeki Weber Diallo Kim Singh Osei Haas Olsen Reyes Byrne
  Costa Lang`);

/** Places where one can be, go to or wait: "at the mill", "near the mill". */
export const places = words(`park market school pool library harbor station farm museum bakery river beach
  bridge castle theater mill church hospital tower canal barn hotel bank lake zoo inn`);

/** Invented countries; the facts of a country stand at the same position in the lists that follow. */
export const countries = words(`Norland Vesia Tarmon Quelia Brovia Sundar Ostrea Palmira Kerth Lunova Dravia
  Isolia Marrowan Zephyra Ulmia Corvia Hestor Wendia Yarrow Fenland`);
export const capitals = words(`Vesk Alder Morin Tolva Hask Sunport Gellen Orro Pell Drave Isen Luna Zeph
  Marl Corv Brask Wend Yarl Fenn Kerrow`);
export const exportGoods = words(`wool salt tea copper fish timber silk wheat glass oil coal wine paper
  sugar tin rubber cotton honey steel rice`);
