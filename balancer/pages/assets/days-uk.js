/** Days in Ukrainian, Sunday first; "closed until Tuesday" takes the genitive. */
export const uk = {
  until: ["неділі", "понеділка", "вівторка", "середи", "четверга", "п’ятниці", "суботи"],
  short: ["нд", "пн", "вт", "ср", "чт", "пт", "сб"],
  tomorrow: "завтра",
};
