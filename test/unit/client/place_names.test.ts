import { expect } from 'chai';
import { pathText } from '../../../client/text/place_names.ts';

describe('the names above a village', () => {
  const village = {
    path: ['焦作市', '修武县'],
    pinyin: 'fangzhuang',
    path_pinyin: ['jiaozuoshi', 'xiuwuxian'],
  };

  it('stand alone in Chinese and after their pinyin in English', () => {
    expect(pathText(village, 'zh')).to.equal('焦作市 › 修武县');
    expect(pathText(village, 'en')).to.equal('Fangzhuang · Jiaozuoshi 焦作市 › Xiuwuxian 修武县');
  });

  it('stand alone where no pinyin is known', () => {
    expect(pathText({ path: village.path }, 'en')).to.equal('焦作市 › 修武县');
  });
});
