"""Articles of our own words, made from a seed: the same ones every time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random


@dataclass(frozen=True, slots=True)
class Language:
    """What articles of one language are made of."""

    code: str
    titles: tuple[str, ...]
    sentences: tuple[str, ...]
    places: tuple[str, ...]
    people: tuple[str, ...]
    things: tuple[str, ...]
    between: str

    def title(self, random: Random, number: int) -> str:
        return self._said(random, random.choice(self.titles)).format(number=number)

    def paragraphs(self, random: Random, many: int) -> list[str]:
        """Every sentence of a page is another one: nothing looks like boilerplate."""
        return [self.between.join(self._sentence(random) for _ in range(random.randint(3, 5))) for _ in range(many)]

    def _sentence(self, random: Random) -> str:
        return self._said(random, random.choice(self.sentences)).format(number=random.randint(3, 999))

    def _said(self, random: Random, text: str) -> str:
        slots = {"place": self.places, "person": self.people, "thing": self.things}
        for slot, choices in slots.items():
            text = text.replace("{" + slot + "}", random.choice(choices))
        return text


ENGLISH = Language(
    "en",
    (
        "{place} counts its {thing} for the {number}th time",
        "Why {person} keeps {number} {thing} in {place}",
        "The {thing} of {place}, part {number}",
        "{number} {thing}, one harbour: a morning in {place}",
    ),
    (
        "In {place} the council has agreed to pay for {number} {thing}, though nobody could say where they would stand.",
        "{person} walked along the quay of {place} at dawn and wrote the number {number} in a small green notebook.",
        "The old ferry brought {number} {thing} across the strait, and the captain asked for no fare.",
        'When the wind turned, {person} said, "we had {number} minutes, and then the {thing} were gone."',
        "A school class from {place} measured the rain every hour and found a difference of {number} drops.",
        "Nobody in {place} remembers a winter in which the {thing} were mended before the {number}th of January.",
        "The workshop behind the station repairs {thing} for anyone who brings {number} nails and an hour of patience.",
        "According to the gauge at {place} the water rose by {number} millimetres, which {person} calls a quiet night.",
        "{person} had promised to return the {number} {thing}, and on Tuesday a cart stood in front of the library.",
        "What remains of the mill near {place} is a wall, a wheel and {number} pages of accounts that list only {thing}.",
    ),
    (
        "Aldermere",
        "Brackwater",
        "Corvenholm",
        "Dunmarsh",
        "Eastling",
        "Fennick",
        "Garholt",
        "Hollow Quay",
        "Inverlaine",
    ),
    ("Ada Winterbourne", "Bram Oskel", "Clara Denholt", "Dov Marrin", "Edda Quist", "Farid Olan", "Greta Sundvoll"),
    ("lanterns", "rowing boats", "weather vanes", "bell ropes", "tide tables", "beehives", "lock gates", "sledges"),
    " ",
)

CHINESE = Language(
    "zh",
    (
        "{place}的{thing}第{number}次清点",
        "{person}为什么在{place}留下{number}件{thing}",
        "{place}：{number}件{thing}的一个早晨",
    ),
    (
        "{place}的居民商量了一个晚上，决定再添{number}件{thing}，放在哪里却没有人说得清。",
        "天还没亮，{person}沿着{place}的堤岸走了一圈，在小本子上记下{number}这个数目。",
        "旧渡船把{number}件{thing}运到对岸，船老大一分钱也不肯收。",
        "{person}说：“风向一转，我们只剩{number}分钟，{thing}眼看就不见了。”",
        "{place}小学的学生每个钟头量一次雨水，两边相差{number}滴。",
        "在{place}，谁也不记得哪一年的{thing}是在正月以前修好的，账本上只写着{number}。",
        "车站后面的铺子替人修{thing}，只要带上{number}枚钉子和一点耐心。",
        "{person}答应归还那{number}件{thing}，星期二早上，一辆板车停在了图书馆门口。",
    ),
    ("柳湾", "石桥镇", "青禾村", "北渡口", "雁栖里", "白沙集", "南门外"),
    ("秦小满", "方大川", "林七巧", "老庞", "许望舒", "苗青"),
    ("灯笼", "木船", "风向标", "钟绳", "蜂箱", "水闸", "雪橇"),
    "",
)
