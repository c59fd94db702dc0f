"""Texts of our own in ten languages, made from a seed: other ones on each page, the same ones every time."""

from __future__ import annotations

from tests.torture.words import CHINESE, ENGLISH, Language

TAIWAN = Language(
    "zh-TW",
    ("{place}的{thing}：第{number}次「點名」", "{person}為何把{number}座{thing}留在{place}——一個早晨的故事"),
    (
        "{place}的居民商量了整個晚上，決定再添{number}座{thing}，擺在哪裡卻沒有人說得清楚。",
        "天還沒亮，{person}沿著{place}的堤岸走了一圈，在小簿子上記下{number}這個數目。",
        "舊渡輪把{number}座{thing}載到對岸，船長一毛錢也不肯收，只要一杯熱茶。",
        "{person}說：「風向一轉，我們只剩{number}分鐘，{thing}眼看就不見了。」",
        "{place}國小的學生每個鐘頭量一次雨水，兩邊的紀錄相差{number}滴。",
        "車站後面的鋪子替人修{thing}，只要帶上{number}枚釘子和一點耐心就好。",
    ),
    ("柳灣", "石橋里", "青禾庄", "北渡口", "雁棲坪", "白沙崙"),
    ("秦小滿", "方大川", "林七巧", "許望舒", "苗青禾"),
    ("燈籠", "木舟", "風向標", "蜂箱", "水閘", "雪橇"),
    "",
)
HONGKONG = Language(
    "zh-HK",
    ("{place}街坊執返{number}個{thing}", "{person}喺{place}搵到{number}個{thing}"),
    (
        "{place}嘅街坊傾咗成晚，決定加多{number}個{thing}，但係擺喺邊度就冇人講得清楚。",
        "天未光，{person}沿住{place}嘅海旁行咗一圈，喺簿仔度寫低{number}呢個數目。",
        "舊渡輪載咗{number}個{thing}過海，船長一蚊都唔肯收，佢話飲杯茶就夠喇。",
        "{person}話：「風向一轉，我哋得返{number}分鐘，啲{thing}眼看就唔見晒。」",
        "{place}小學嘅學生每個鐘頭量一次雨水，兩邊嘅紀錄爭咗{number}滴。",
    ),
    ("石塘灣", "青衣嘴", "北角坳", "白沙頭"),
    ("秦小滿", "方大川", "林七巧", "許望舒"),
    ("燈籠", "街渡", "風向標", "蜂箱"),
    "",
)
JAPANESE = Language(
    "ja",
    ("{place}の{thing}を数える朝、{number}回目の記録", "{person}さんが{place}に{number}個の{thing}を残した理由"),
    (
        "{place}の住民は一晩話し合い、{thing}をさらに{number}個増やすと決めたが、置き場所は誰にも言えなかった。",
        "夜明け前、{person}さんは{place}の堤防を一周し、小さな手帳に{number}という数字を書きつけた。",
        "古い渡し船は{number}個の{thing}を対岸へ運び、船長は運賃を一円も受け取らなかった。",
        "「風向きが変われば残りは{number}分で、{thing}はもう見えなくなる」と{person}さんは話す。",
        "{place}小学校の児童は一時間ごとに雨量を測り、{number}滴の違いを見つけた。",
        "駅裏の工房は、釘{number}本と少しの根気さえあれば、誰の{thing}でも直してくれる。",
    ),
    ("柳ヶ浦", "石橋町", "北渡", "白砂", "雁沢"),
    ("秋月小春", "方波見大輔", "林七海", "望月周"),
    ("提灯", "小舟", "風見鶏", "巣箱", "水門"),
    "",
)
KOREAN = Language(
    "ko",
    ("{place}의 {thing} {number}개를 세는 아침", "{person}은 왜 {place}에 {thing} {number}개를 남겼나"),
    (
        "{place} 주민들은 밤새 의논한 끝에 {thing} {number}개를 더 놓기로 했지만 어디에 둘지는 아무도 말하지 못했다.",
        "동이 트기 전 {person}은 {place}의 둑길을 한 바퀴 돌고 작은 수첩에 {number}이라는 숫자를 적었다.",
        "낡은 나룻배는 {thing} {number}개를 건너편으로 옮겼고 선장은 뱃삯을 한 푼도 받지 않았다.",
        "{person}은 “바람이 바뀌면 {number}분밖에 남지 않고 {thing}은 금세 보이지 않는다”고 말했다.",
        "{place} 초등학교 학생들은 한 시간마다 빗물을 재어 {number}방울의 차이를 찾아냈다.",
        "역 뒤의 공방은 못 {number}개와 약간의 인내심만 있으면 누구의 {thing}이든 고쳐 준다.",
    ),
    ("버들만", "돌다리마을", "북나루", "흰모래리"),
    ("진소만", "방대천", "임칠교", "허망서"),
    ("등불", "나룻배", "바람개비", "벌통"),
    " ",
)
RUSSIAN = Language(
    "ru",
    ("В городе {place} в {number}-й раз сосчитали {thing}", "Почему {person} хранит {thing} в городе {place}"),
    (
        "Жители города {place} совещались всю ночь и решили, что {thing} нужны ещё на {number} улицах, но где именно, не сказал никто.",
        "{person} на рассвете прошла вдоль набережной и записала в маленькую тетрадь число {number}.",
        "Старый паром перевёз через пролив {number} ящиков, в которых лежали {thing}, и капитан не взял платы.",
        "«Когда ветер переменился, у нас осталось {number} минут, и {thing} исчезли из виду», — говорит {person}.",
        "Школьники из города {place} каждый час измеряли дождь и нашли разницу в {number} капель.",
        "Мастерская за вокзалом чинит {thing} всякому, кто принесёт {number} гвоздей и немного терпения.",
    ),
    ("Ивоплёс", "Каменный Мост", "Северный Перевоз", "Белопесок"),
    ("Ада Зимина", "Клара Дольная", "Эдда Тихая", "Грета Южная"),
    ("фонари", "лодки", "флюгеры", "ульи", "шлюзы"),
    " ",
)
ARABIC = Language(
    "ar",
    ("{place} تعدّ {thing} للمرة {number}", "لماذا تحتفظ {person} بـ {thing} في {place}"),
    (
        "تشاور سكان {place} طوال الليل وقرروا إضافة {number} من {thing}، لكن أحدا لم يعرف أين ستوضع.",
        "سارت {person} عند الفجر على رصيف {place} وكتبت الرقم {number} في دفتر أخضر صغير.",
        "حملت العبّارة القديمة {number} من {thing} إلى الضفة الأخرى ولم يطلب القبطان أجرا.",
        "قالت {person} إن الريح تبدلت ولم يبق سوى {number} دقيقة قبل أن تختفي {thing} عن الأنظار.",
        "قاس تلاميذ مدرسة {place} المطر كل ساعة ووجدوا فرقا قدره {number} قطرة بين الجانبين.",
        "تصلح الورشة خلف المحطة {thing} لكل من يحضر {number} مسمارا وشيئا من الصبر.",
    ),
    ("وادي الصفصاف", "جسر الحجر", "مرسى الشمال", "الرمل الأبيض"),
    ("ندى الشتوي", "كلارا حسون", "غادة الجنوبي"),
    ("الفوانيس", "القوارب", "خلايا النحل", "بوابات الماء"),
    " ",
)
HEBREW = Language(
    "he",
    ("{place} סופרת {thing} בפעם ה-{number}", "מדוע {person} שומרת {number} {thing} ב{place}"),
    (
        "תושבי {place} התייעצו כל הלילה והחליטו להוסיף {number} {thing}, אבל איש לא ידע לומר היכן יעמדו.",
        "{person} הלכה עם שחר לאורך הרציף של {place} ורשמה את המספר {number} במחברת ירוקה קטנה.",
        "המעבורת הישנה העבירה {number} {thing} אל הגדה השנייה, והקפטן לא ביקש תשלום.",
        "כשהרוח השתנתה, אמרה {person}, נשארו לנו {number} דקות, ואז נעלמו {thing} מן העין.",
        "תלמידי בית הספר של {place} מדדו את הגשם בכל שעה ומצאו הבדל של {number} טיפות.",
    ),
    ("מפרץ הערבה", "גשר האבן", "מעבר הצפון"),
    ("עדה חורפי", "קלרה דן", "גרטה דרומי"),
    ("פנסים", "סירות", "כוורות", "סכרים"),
    " ",
)
GERMAN = Language(
    "de",
    ("{place} zählt zum {number}. Mal seine {thing}", "Warum {person} in {place} {number} {thing} verwahrt"),
    (
        "In {place} hat der Rat beschlossen, {number} {thing} zu bezahlen, doch wo sie stehen sollen, weiß niemand zu sagen.",
        "{person} ging im Morgengrauen am Kai von {place} entlang und schrieb die Zahl {number} in ein grünes Heft.",
        "Die alte Fähre brachte {number} {thing} über die Meerenge, und der Kapitän verlangte keinen Lohn dafür.",
        "Als der Wind drehte, sagte {person}, „hatten wir {number} Minuten, dann waren die {thing} verschwunden“.",
        "Eine Schulklasse aus {place} maß stündlich den Regen und fand einen Unterschied von {number} Tropfen.",
        "Die Werkstatt hinter dem Bahnhof richtet {thing} für jeden, der {number} Nägel und etwas Geduld mitbringt.",
    ),
    ("Erlenwerder", "Brackstedt", "Dünmarsch", "Fennrich", "Garholz"),
    ("Ada Winterborn", "Bruno Oskel", "Klara Denholt", "Edda Quist"),
    ("Laternen", "Ruderboote", "Wetterfahnen", "Bienenstöcke", "Schleusentore"),
    " ",
)
FRENCH = Language(
    "fr",
    ("{place} compte ses {thing} pour la {number}e fois", "Pourquoi {person} garde {number} {thing} à {place}"),
    (
        "À {place}, le conseil a accepté de payer {number} {thing}, mais personne n’a su dire où elles seraient posées.",
        "{person} a longé le quai de {place} à l’aube et noté le nombre {number} dans un petit carnet vert.",
        "Le vieux bac a porté {number} {thing} sur l’autre rive, et le capitaine n’a pas voulu d’argent.",
        "« Quand le vent a tourné, il nous restait {number} minutes, puis les {thing} ont disparu », raconte {person}.",
        "Une classe de {place} a mesuré la pluie d’heure en heure et trouvé un écart de {number} gouttes.",
        "L’atelier derrière la gare répare des {thing} pour qui apporte {number} clous et un peu de patience.",
    ),
    ("Aulnemer", "Brèche-sur-Eau", "Corvenay", "Fennique"),
    ("Ada Hivernoux", "Bram Oskel", "Clara Denhaut", "Édith Quist"),
    ("lanternes", "barques", "girouettes", "ruches", "écluses"),
    " ",
)
SPANISH = Language(
    "es",
    ("{place} cuenta sus {thing} por vez número {number}", "Por qué {person} guarda {number} {thing} en {place}"),
    (
        "En {place} el concejo aceptó pagar {number} {thing}, aunque nadie supo decir dónde iban a ponerlas.",
        "{person} recorrió al alba el muelle de {place} y anotó el número {number} en un cuaderno verde.",
        "El viejo transbordador llevó {number} {thing} a la otra orilla, y el capitán no quiso cobrar el pasaje.",
        "«Cuando cambió el viento nos quedaban {number} minutos, y las {thing} ya no se veían», dice {person}.",
        "Una clase de {place} midió la lluvia cada hora y encontró una diferencia de {number} gotas.",
        "El taller detrás de la estación arregla {thing} a quien traiga {number} clavos y algo de paciencia.",
    ),
    ("Alisomar", "Brechagua", "Corvenal", "Fenique"),
    ("Ada Invernal", "Bruno Oskel", "Clara Denal", "Greta Sandoval"),
    ("linternas", "barcas", "veletas", "colmenas", "esclusas"),
    " ",
)
LANGUAGES = {
    one.code: one
    for one in (ENGLISH, CHINESE, TAIWAN, HONGKONG, JAPANESE, KOREAN, RUSSIAN, ARABIC, HEBREW, GERMAN, FRENCH, SPANISH)
}
