/**
 * Commonest first in the published lists of leaked passwords (SecLists, "10-million-password-list" and Chinese
 * collections), those that people lengthen to ten characters included; compared without signs and outer digits.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `password passwort passw0rd pass password1 admin administrator root toor guest user test demo default welcome
   letmein qwerty qwertyuiop qwert asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc 1qaz2wsx 1q2w3e4r 1q2w3e4r5t
   q1w2e3r4 q1w2e3r4t5 zaq12wsx 1qazxsw2 iloveyou loveyou iloveu sunshine princess dragon monkey football baseball
   superman batman master shadow michael abc abcd abcde abcdef abcdefg abc123 a123456 a12345678 a123456789 aa123456
   123456 1234567 12345678 123456789 1234567890 12345678910 0123456789 9876543210 0987654321 111111 000000 666666
   888888 88888888 5201314 1314520 147258369 123123123 123321 112233 11223344 1122334455 100200300 123654789
   woaini woaini1314 woaini520 woaini1314520 wodemima mima mimamima qq123456 qwe123 asd123 zxc123 nihao zhongguo
   china beijing henan jiaozuo xiuwu mianchi tiandi gengdi nongtian cunma ziranziyuan guihua secret changeme change
   login access hello helloworld computer internet server system manager oracle mysql postgres postgresql
   p@ssword p@ssw0rd password123 admin123 admin123456 admin888 root123 test123 test1234 welcome1 welcome123`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
